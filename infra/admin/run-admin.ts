import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import * as z from 'zod';
import { Role } from '#shared/contract/membership.ts';
import { OrganizationId } from '#shared/contract/primitives.ts';
import { UnitKind } from '#shared/domain/call/unit-kind.ts';
import { CannotStart } from '../local/cannot-start.ts';
import type { AdminTarget } from './admin-target.ts';

export const USAGE = `npm run admin -- COMMAND [options]

  add-organization --id ID --name NAME [--kind KIND]... [--organiser] [--managed-by ORGANISER]
      Adds an organisation, or sets these of it and leaves the rest of its record. KIND as the notices name it (市级学会);
      --organiser may publish calls; officers of ORGANISER keep its record from then on.
  add-member --organization ID --role officer|applicant --subject SUBJECT
      SUBJECT is the "sub" of the person's tokens. An officer acts for an organiser, an applicant for a unit.
  remove-member --organization ID --role officer|applicant --subject SUBJECT
  list-members --subject SUBJECT
      For whom a person may act.

  --outputs FILE   the deployed stack of this file, as npm run deploy writes it (cdk.out/outputs.json); without it the local one
  --region REGION  where it is deployed; default: as the file says
`;

const OPTIONS = {
  id: { type: 'string' },
  name: { type: 'string' },
  kind: { type: 'string', multiple: true },
  organiser: { type: 'boolean' },
  'managed-by': { type: 'string' },
  organization: { type: 'string' },
  role: { type: 'string' },
  subject: { type: 'string' },
  outputs: { type: 'string' },
  region: { type: 'string' },
} as const satisfies ParseArgsOptionsConfig;

const target = { outputs: z.string().min(1).optional(), region: z.string().min(1).optional() };
const subject = z.string().min(1).max(255);
const member = { organization: OrganizationId, role: Role, subject };

/** What each command takes, nothing besides. */
const COMMANDS = {
  'add-organization': z.strictObject({
    id: OrganizationId,
    name: z.string().min(1).max(100),
    kind: z.array(UnitKind).default([]),
    organiser: z.boolean().default(false),
    'managed-by': OrganizationId.optional(),
    ...target,
  }),
  'add-member': z.strictObject({ ...member, ...target }),
  'remove-member': z.strictObject({ ...member, ...target }),
  'list-members': z.strictObject({ subject, ...target }),
};

/** Parsed options of a command. @throws CannotStart naming every option that is missing, wrong or too many */
const optionsOf = <Schema extends z.ZodType>(command: string, schema: Schema, values: object): z.output<Schema> => {
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `--${key} is not one of its options`);
    const option = String(issue.path[0]);
    return Object.hasOwn(values, option) ? `--${option}: ${issue.message}` : `--${option} is needed`;
  });
  throw new CannotStart(`${command}: ${wrong.join('; ')}.`);
};

const readArguments = (argv: readonly string[]) => {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (cause) {
    throw new CannotStart(cause instanceof Error ? cause.message : String(cause), { cause });
  }
};

/**
 * Runs one command and gives the lines to print.
 *
 * @throws CannotStart for what the caller can put right, in one line
 */
export const runAdmin = async (
  argv: readonly string[],
  connect: (options: { outputs?: string | undefined; region?: string | undefined }) => AdminTarget,
): Promise<string[]> => {
  const { values, positionals } = readArguments(argv);
  const [command, ...rest] = positionals;
  if (command === undefined) return [USAGE];
  if (rest.length > 0) throw new CannotStart(`One command at a time: ${rest.join(' ')} is too much.`);
  switch (command) {
    case 'add-organization': {
      const options = optionsOf(command, COMMANDS[command], values);
      const { id: organizationId, name, kind: kinds, organiser, 'managed-by': managedBy } = options;
      const { organizations } = connect(options);
      if (managedBy !== undefined && (await organizations.find(managedBy))?.organiser !== true) {
        throw new CannotStart(`--managed-by: there is no organiser ${managedBy}.`);
      }
      await organizations.put({ organizationId, name, kinds, organiser, managedBy });
      return [
        `${organizationId}: ${name}${organiser ? ', may publish calls' : ''}, kinds: ${kinds.join(', ') || 'none'}`,
      ];
    }
    case 'add-member': {
      const options = optionsOf(command, COMMANDS[command], values);
      const { organization: organizationId, role } = options;
      const { organizations, memberships } = connect(options);
      const organization = await organizations.find(organizationId);
      if (organization === undefined) {
        throw new CannotStart(`There is no organisation ${organizationId}: add it first by add-organization.`);
      }
      if (role === 'officer' && !organization.organiser) {
        throw new CannotStart(
          `${organizationId} publishes no calls: add it again with --organiser, or use --role applicant.`,
        );
      }
      await memberships.put({ subject: options.subject, organizationId, role });
      return [`${options.subject} is ${role} of ${organizationId} (${organization.name})`];
    }
    case 'remove-member': {
      const options = optionsOf(command, COMMANDS[command], values);
      const { organization: organizationId, role } = options;
      await connect(options).memberships.remove({ subject: options.subject, organizationId, role });
      return [`${options.subject} is no ${role} of ${organizationId}`];
    }
    case 'list-members': {
      const options = optionsOf(command, COMMANDS[command], values);
      const memberships = await connect(options).memberships.ofSubject(options.subject);
      if (memberships.length === 0) return [`${options.subject} acts for nobody`];
      return memberships.map(({ role, organizationId }) => `${role} of ${organizationId}`);
    }
    default:
      throw new CannotStart(`${command} is no command. ${Object.keys(COMMANDS).join(', ')} are.`);
  }
};
