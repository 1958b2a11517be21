import type { ProblemCode } from '#shared/contract/problem.ts';
import type { Fault } from './fault.ts';

/** Codes the domain refuses with; the HTTP status belongs to `shared/http` alone. */
export type DomainErrorCode = Exclude<ProblemCode, 'INVALID_REQUEST' | 'UNAVAILABLE' | 'INTERNAL'>;

/** A refusal for a reason of the field: what was asked is understood and cannot be done. `params` fill the message, `faults` list every failed rule. */
export class DomainError extends Error {
  readonly code: DomainErrorCode;
  readonly params: Readonly<Record<string, string | number>>;
  readonly faults: readonly Fault[];

  constructor(
    code: DomainErrorCode,
    detail: { params?: Readonly<Record<string, string | number>>; faults?: readonly Fault[]; cause?: unknown } = {},
  ) {
    super(code, detail.cause === undefined ? {} : { cause: detail.cause });
    this.name = 'DomainError';
    this.code = code;
    this.params = detail.params ?? {};
    this.faults = detail.faults ?? [];
  }
}
