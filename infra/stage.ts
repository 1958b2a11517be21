import * as z from 'zod';
import { EdgeSettings, FirewallSettings } from './edge.ts';
import { MailSettings } from './mail.ts';
import { STAGES, type StageName } from './stages.ts';

/** Who issues the access tokens that the API accepts. */
const Identity = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cognito') }),
  z.strictObject({
    kind: z.literal('issuer'),
    /** As in the tokens' `iss`; its /.well-known/openid-configuration must be reachable when the stage is deployed. */
    issuer: z.url({ protocol: /^https$/, error: 'API Gateway asks an issuer over https alone' }),
    /** As in the tokens' `aud`, or `client_id` where they have no `aud`. */
    audience: z.string().min(1),
    /** The claim and its value by which an access token is told from an ID token: the authorizer takes both. */
    accessTokenClaim: z.strictObject({ name: z.string().min(1), value: z.string().min(1) }),
  }),
]);

// The periods CloudWatch Logs offers, up to two years.
const LogRetentionDays = z.literal([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731]);

const Origin = z
  .string()
  .regex(/^(\*|https?:\/\/[^/\s]+)$/, 'an origin is * or scheme://host[:port], without a path or a slash at its end');

const StageSettings = z
  .strictObject({
    partition: z.enum(['aws', 'aws-cn']),
    region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/),
    identity: Identity,
    /** Whose pages may call the API and upload from a browser. */
    corsOrigins: z.array(Origin).min(1),
    logRetentionDays: LogRetentionDays,
    logLevel: z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR']),
    /** X-Ray. */
    tracing: z.boolean(),
    /** Requests per second, and how many at once, before the gateway answers 429. */
    throttle: z.strictObject({ rate: z.int().min(1), burst: z.int().min(1) }),
    /** MB; the share of a processor grows with it. */
    memorySize: z.int().min(128).max(10_240),
    schedules: z.strictObject({
      advanceCallsMinutes: z.int().min(1),
      sealCallsMinutes: z.int().min(1),
      collectUploadsMinutes: z.int().min(1),
      applyRetentionMinutes: z.int().min(1),
    }),
    /** How mail to applicants and officers is sent. */
    mail: MailSettings,
    /** Where webhooks may be: at public addresses alone, or on the machine of the functions as well. */
    webhooks: z.enum(['public', 'loopback']).default('public'),
    /** What scans uploads for malware before anybody downloads them. `guardduty` costs by the file and the GB: see README.md. */
    malwareScanning: z.enum(['guardduty', 'none']),
    /** The event bus that domain events are put on too, by its name; none without it. */
    events: z
      .strictObject({
        bus: z
          .string()
          .regex(/^[\w./-]{1,256}$/)
          .optional(),
      })
      .default({}),
    /**
     * Object Lock of what closing calls has sealed: for so many days nobody changes or deletes it, in governance mode but who has the right to lift it. Once a
     * bucket has it, it keeps it.
     */
    sealLock: z.strictObject({ mode: z.enum(['governance', 'compliance']), days: z.int().min(1) }).optional(),
    /** Keys made so far that receipts and seals are signed with: the newest signs, earlier ones are published. Raised by one to change the key; never lowered. */
    signingKeys: z.int().min(1).max(20),
    /** CloudFront with its firewall in front of the API, and no other way to it; none without it. */
    edge: EdgeSettings.optional(),
    /** The firewall that `edge` names, where it is this stage's own; deployed before it. */
    firewall: FirewallSettings.optional(),
    /** Who is written to when an alarm goes off. */
    alarmEmail: z.email().optional(),
  })
  .superRefine((stage, context) => {
    const fault = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    const inChina = stage.region.startsWith('cn-');
    if (inChina !== (stage.partition === 'aws-cn')) {
      fault(['region'], `${stage.region} is not a region of the partition ${stage.partition}`);
    }
    if (stage.partition !== 'aws-cn') return;
    if (stage.identity.kind === 'cognito') {
      fault(
        ['identity'],
        'there are no Cognito user pools in aws-cn: name an existing OpenID provider by kind "issuer"',
      );
    }
    if (stage.mail.kind === 'ses') {
      fault(
        ['mail'],
        'there is no Amazon SES in aws-cn: send by a mail server of your own or your provider, kind "smtp"',
      );
    }
    if (stage.malwareScanning === 'guardduty') {
      fault(
        ['malwareScanning'],
        'GuardDuty has no Malware Protection for S3 in aws-cn: set it to none, and have those who download scan by themselves',
      );
    }
    if (stage.edge !== undefined || stage.firewall !== undefined) {
      fault(
        [stage.edge === undefined ? 'firewall' : 'edge'],
        'AWS WAF guards no CloudFront in aws-cn, which also wants a domain with an ICP filing: leave edge and firewall out, and put in front what your provider offers',
      );
    }
    if (stage.tracing) fault(['tracing'], 'X-Ray does not trace Lambda functions in aws-cn: set it to false');
  });

export interface Stage extends z.output<typeof StageSettings> {
  readonly name: string;
}

/** The name of a stack of a stage. */
export const stackName = ({ name }: Pick<Stage, 'name'>, stack: string): string => `shenbao-${name}-${stack}`;

/** What a deployment may set without editing stages.ts: context values of `-c`. */
export interface StageOverrides {
  readonly issuer?: string | undefined;
  readonly audience?: string | undefined;
}

/**
 * Parses one stage's settings.
 * @throws Error that lists every fault by its path, where something is missing or not to be had in the partition
 */
export const parseStage = (name: string, settings: unknown): Stage => {
  const parsed = StageSettings.safeParse(settings);
  if (parsed.success) return { name, ...parsed.data };
  const faults = parsed.error.issues.map(({ path, message }) => `  ${path.join('.') || '(all)'}: ${message}`);
  throw new Error(`The settings of stage "${name}" in infra/stages.ts are not right:\n${faults.join('\n')}`);
};

const isStageName = (name: string): name is StageName => Object.hasOwn(STAGES, name);

/**
 * The settings of a stage of stages.ts.
 * @throws Error for an unknown name, faulty settings, or an issuer given to a stage that makes its own user pool
 */
export const findStage = (name: string, { issuer, audience }: StageOverrides = {}): Stage => {
  if (!isStageName(name)) {
    throw new Error(`There is no stage "${name}": choose one of ${Object.keys(STAGES).join(', ')} by -c stage=NAME.`);
  }
  const settings = STAGES[name];
  if (issuer === undefined && audience === undefined) return parseStage(name, settings);
  if (settings.identity.kind !== 'issuer') {
    throw new Error(`Stage "${name}" makes its own user pool: -c issuer and -c audience have no meaning there.`);
  }
  const identity = { ...settings.identity, ...(issuer && { issuer }), ...(audience && { audience }) };
  return parseStage(name, { ...settings, identity });
};
