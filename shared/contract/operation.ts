import type * as z from 'zod';
import type { ProblemCode } from './problem.ts';

/** The formats a body may come in, and what each is called where one is announced; a body in another one is refused with 415. */
export const MEDIA_TYPES = {
  json: 'application/json',
  yaml: 'application/yaml',
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;
export type BodyFormat = keyof typeof MEDIA_TYPES;

/**
 * One route, described once: the handler parses and replies by it, the infrastructure makes route, authorizer and function from it, OpenAPI is emitted from it.
 */
export interface Operation {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly path: `/${string}`;
  /** Status of success. */
  readonly status: 200 | 201 | 202 | 204 | 302;
  /** `signedIn`: behind the JWT authorizer. A route cannot be optionally authenticated. */
  readonly access: 'anyone' | 'signedIn';
  readonly summary: string;
  readonly description?: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  /** Request headers that mean something here, lower-case. */
  readonly headers?: z.ZodObject;
  /** What a body of JSON holds, or the text of a CSV. YAML and XLSX are read by the operation itself. */
  readonly body?: z.ZodType;
  /** A request without a body counts as `{}` where this is true. */
  readonly bodyOptional?: boolean;
  /** Default: JSON alone. */
  readonly bodyFormats?: readonly BodyFormat[];
  /** Bytes; default 256 KB. */
  readonly bodyLimit?: number;
  readonly reply?: z.ZodType;
  /** Status of a success that has the body `reply`, where it differs from `status`, which then has none. */
  readonly replyStatus?: 200;
  readonly replyHeaders?: z.ZodObject;
  /** The reply may be asked for as a page as well, by Accept. */
  readonly page?: true;
  /** Besides what every operation can answer (INVALID_REQUEST, UNAVAILABLE, INTERNAL; signed in: ACCESS_TOKEN_REQUIRED). */
  readonly refusals: readonly ProblemCode[];
}

export const operation = <const O extends Operation>(definition: O): O => definition;
