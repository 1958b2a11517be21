import type { FaultCode } from '#shared/contract/problem.ts';
import { InvalidRequest } from '#shared/domain/invalid-request.ts';

const refusal =
  (code: FaultCode) =>
  (cause?: unknown): InvalidRequest =>
    new InvalidRequest([{ path: '', code }], cause);

/** Another kind of file, or a damaged one. */
export const notXlsx = refusal('NOT_XLSX');
/** A workbook of Excel 97 to 2003, or one that opens with a password: both come in the same envelope. */
export const xlsOrEncrypted = refusal('XLS_OR_ENCRYPTED');
export const withMacros = refusal('WITH_MACROS');
/** It unpacks to more than is read, or nests deeper: no roster does. */
export const workbookTooLarge = refusal('WORKBOOK_TOO_LARGE');
