import * as z from 'zod';
import { type Received, send } from '#test/support/submission-world.ts';
import type { Run } from './limits-world.ts';
import type { Change, Line, Operation, Outcome, Request } from './operation.ts';
import { callWith, UNITS } from './small-call.ts';

const Body = z.object({
  code: z.string().optional(),
  errors: z
    .array(
      z.object({ path: z.string(), code: z.string(), clause: z.string().optional(), message: z.string().optional() }),
    )
    .optional(),
  limit: z.int().optional(),
  count: z.int().optional(),
  submissionId: z.string().optional(),
  receiptNo: z.string().optional(),
  partners: z.array(z.object({ unitId: z.string(), consentedAt: z.string().optional() })).optional(),
});

const lineOf = ({ path, code, clause, message }: Line): Line =>
  code === 'LIMIT_REACHED' ? { path, code, ...(clause === undefined ? {} : { clause }), message } : { path, code };

/** A reply with what the model speaks of, units by their letter. */
const outcomeOf = ({ unitId }: Run, { kind }: Request, { status, body }: Received): Outcome => {
  const { code = 'NO_CODE', errors = [], limit, count, submissionId, receiptNo, partners = [] } = Body.parse(body);
  if (status >= 300)
    return { refused: code, errors: errors.map(lineOf), ...(limit === undefined ? {} : { limit, count }) };
  switch (kind) {
    case 'create':
      return { submissionId };
    case 'submit':
      return { receiptNo };
    case 'namePartners':
    case 'consent':
    case 'takeBackConsent':
      return {
        partners: partners.map((partner) => ({
          unit: UNITS.find((unit) => unitId(unit) === partner.unitId) ?? partner.unitId,
          consents: partner.consentedAt !== undefined,
        })),
      };
    default:
      return {};
  }
};

const answers = (complete: boolean): Record<string, string> => (complete ? { name: '学会能力提升' } : {});

const sendChange = ({ app, unitId, subject }: Run, change: Change): Promise<Received> => {
  const about = { subject: subject(change.user), params: { submissionId: change.id } };
  switch (change.kind) {
    case 'save': {
      const headers = { 'if-match': `"${change.revision}"` };
      return send(app.save, { ...about, headers, body: answers(change.complete) });
    }
    case 'namePartners':
      return send(app.namePartners, { ...about, body: { partners: change.units.map(unitId) } });
    case 'consent':
      return send(app.consent, { ...about, body: { unitId: unitId(change.unit) } });
    case 'takeBackConsent':
      return send(app.takeBackConsent, { ...about, query: { unitId: unitId(change.unit) } });
    case 'remove':
    case 'submit':
    case 'withdraw':
      return send(app[change.kind], about);
  }
};

const sendRequest = (run: Run, request: Request): Promise<Received> => {
  if (request.kind !== 'create') return sendChange(run, request);
  const { user, category, unit, complete } = request;
  return send(run.app.create, {
    subject: run.subject(user),
    params: { callId: run.callId },
    body: { category, unitId: run.unitId(unit), answers: answers(complete) },
  });
};

/** Sends a request through its real function, or brings a version into force. */
export const perform = async (run: Run, operation: Operation): Promise<Outcome> => {
  if (operation.kind !== 'publish') return outcomeOf(run, operation, await sendRequest(run, operation));
  await run.world.publishVersion(callWith(operation.terms), run.callId);
  return {};
};
