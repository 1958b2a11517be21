import * as z from 'zod';
import type { HttpHandler } from '#shared/http/operation-request.ts';
import { httpEvent, lambdaContext } from '#test/support/http-event.ts';
import { OFFICER, unitId, userOf } from './faults-world.ts';
import type { Outcome, Wish } from './history.ts';
import type { Instance } from './instance.ts';
import { ANSWERS, categoryOf } from './prepare.ts';
import type { Move, Planned } from './schedule.ts';

/** A request as a client sends it, and sends it again. */
export interface Request {
  readonly handler: HttpHandler;
  readonly subject: string;
  readonly params: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly etag: string | undefined;
}

/** Hands a request to its function as the gateway does. Times in ms. */
export const deliver = async (
  { handler, subject, params, headers, body }: Request,
  receivedAt: number,
  remaining: () => number,
): Promise<Reply> => {
  const event = httpEvent({
    claims: { sub: subject, token_use: 'access' },
    pathParameters: params,
    ...(headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    receivedAt,
  });
  const reply = await handler(event, { ...lambdaContext(), getRemainingTimeInMillis: remaining });
  return {
    status: reply.statusCode ?? 0,
    body: reply.body === undefined ? undefined : JSON.parse(reply.body),
    etag: reply.headers?.etag?.toString(),
  };
};

/** The request for a wish about a submission. `submissionId` is not known of what is yet to be created. */
export const requestFor = (
  app: Instance,
  callId: string,
  planned: Planned,
  wish: Wish,
  submissionId: string | undefined,
): Request => {
  const subject = userOf(planned.unit);
  const about = { subject, params: { submissionId: submissionId ?? '' } };
  const byPartner = { ...about, subject: userOf(planned.partner ?? planned.unit) };
  switch (wish.kind) {
    case 'create':
      return {
        ...{ handler: app.create, subject, params: { callId }, headers: { 'idempotency-key': `${callId}-${wish.of}` } },
        body: { category: categoryOf(planned), unitId: unitId(planned.unit), answers: ANSWERS },
      };
    case 'save':
      return {
        ...{ ...about, handler: app.save, headers: { 'if-match': `"${wish.revision}"` } },
        body: { name: `${ANSWERS.name} ${wish.revision}` },
      };
    case 'consent':
      return { ...byPartner, handler: app.consent, body: {} };
    case 'takeBack':
      return { ...byPartner, handler: app.takeBack };
    default:
      return { ...about, handler: app[wish.kind] };
  }
};

/** The request for a move of a deadline; `closesAt` is an instant. */
export const requestToMove = (app: Instance, callId: string, { kind, unit }: Move, closesAt: string): Request => ({
  ...{ handler: app[kind], subject: OFFICER, params: { callId } },
  ...(kind === 'extend' ? { headers: { 'idempotency-key': `${callId}-${closesAt}` } } : {}),
  body: { closesAt, reason: '系统故障', ...(unit === undefined ? {} : { unitId: unitId(unit) }) },
});

const Told = z.object({
  code: z.string().optional(),
  submissionId: z.string().optional(),
  receiptNo: z.string().optional(),
});

/** What a client learns from a reply. */
export const outcomeOf = ({ kind }: Wish, { status, body, etag }: Reply): Outcome => {
  if (status === 503) return { kind: 'unknown' };
  const { code = `HTTP ${status}`, submissionId, receiptNo } = Told.parse(body ?? {});
  if (status >= 300) return { kind: 'refused', code };
  return {
    kind: 'done',
    ...(kind === 'create' && submissionId !== undefined ? { id: submissionId } : {}),
    ...(kind === 'submit' && receiptNo !== undefined ? { receiptNo } : {}),
    ...(kind === 'save' && etag !== undefined ? { revision: Number(etag.replaceAll('"', '')) } : {}),
  };
};
