import { zipSync } from 'fflate';
import * as z from 'zod';
import { exampleCall } from '#infra/local/seed/example-call.ts';
import { decodeCursor } from '#shared/data/cursor.ts';
import { checkDefinition } from '#shared/domain/call/check-definition.ts';
import { parseLocatedYaml, parseYaml } from '#shared/domain/call/parse-yaml.ts';
import { parseCsv } from '#shared/domain/csv/parse-csv.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { escapeHtml } from '#shared/domain/escape-html.ts';
import { checkExpression } from '#shared/domain/expression/check-expression.ts';
import { ruleEnvironment } from '#shared/domain/expression/environment.ts';
import { formScope } from '#shared/domain/expression/scope.ts';
import { isCalendarDate } from '#shared/domain/form/calendar-date.ts';
import { FORMAT_PATTERNS, hasFormat } from '#shared/domain/form/formats.ts';
import { hasForbidden } from '#shared/domain/form/text.ts';
import { InvalidRequest } from '#shared/domain/invalid-request.ts';
import { decimalFault } from '#shared/domain/money/decimal.ts';
import { memberFaults } from '#shared/domain/organization/check-member.ts';
import { recordFaults } from '#shared/domain/organization/check-record.ts';
import { readRoster } from '#shared/domain/organization/roster.ts';
import { isSaneFilename } from '#shared/domain/submission/file-name.ts';
import { readXlsx } from '#shared/domain/xlsx/read-xlsx.ts';
import { guarded } from '#shared/files/csv-guard.ts';
import { legalName, uniqueNames } from '#shared/files/legal-name.ts';
import { sheetNames } from '#shared/files/xlsx/sheet-name.ts';
import { xlsxText } from '#shared/files/xlsx/xlsx-text.ts';
import { ifMatches } from '#shared/http/if-match.ts';
import { parseJson } from '#shared/http/json-text.ts';
import { localeOf } from '#shared/http/locale.ts';
import { prefersPage } from '#shared/http/reply-format.ts';
import { webhookUrlFaults } from '#shared/messages/webhook/webhook-url.ts';
import { verifiedPayload } from '#shared/signing/verify-jws.ts';
import { attachmentDisposition } from '#shared/storage/presigned-download.ts';
import { cell, text as cellText, row, workbookEntries } from '#test/support/workbook.ts';
import { ATTACKED } from '../whole-system.ts';

type Parser = (text: string) => unknown;

const definition: unknown = parseYaml(exampleCall('2099-03-31'));
const { definition: call } = checkDefinition(definition);
const form = call?.forms.partyBuilding;
if (form === undefined) throw new Error('The example call has no form of that name.');
const rules = ruleEnvironment(formScope(form));

/** A workbook of one sheet, its XML as it is given; not packed, since packing is not what is looked at. */
const readSheet = ({ rows, strings = [] }: { rows: string; strings?: string[] }): Promise<unknown> =>
  readXlsx(zipSync(workbookEntries({ sheets: [{ name: '名册', rows }], strings }), { level: 0 }), 102);

/** A text in every place of an object where its schema takes a text. */
const inEveryField = (schema: z.ZodObject, text: string): unknown =>
  schema.safeParse(Object.fromEntries(Object.keys(schema.shape).map((name) => [name, text])));

const contractSchemas = ATTACKED.flatMap(({ id, operation: { params, query, headers, body } }) =>
  [params, query, headers, body].flatMap((schema) => (schema instanceof z.ZodObject ? [{ id, schema }] : [])),
);

/** Whatever reads what a client, or a file of a client's, says; refusals are ours, all else would be a fault. */
export const PARSERS: Readonly<Record<string, Parser>> = {
  'JSON bodies': parseJson,
  'a text in a JSON body': (text) => parseJson(JSON.stringify({ text: text.toWellFormed() })),
  'YAML bodies': parseLocatedYaml,
  'a text in a YAML body': (text) => parseLocatedYaml(`title: |\n  ${text.replaceAll('\n', '\n  ')}\norganiser: x`),
  'CSV bodies': (text) => readRoster(parseCsv(`编号,名称\n${text}`)),
  'a cell of a CSV body': (text) => parseCsv(`编号,名称\na,"${text.replaceAll('"', '""')}"`),
  'a cell of a workbook': (value) => readSheet({ rows: row(1, cellText('A1', value)) }),
  'a string of a workbook': (value) =>
    readSheet({ rows: row(1, cell('A1', '<v>0</v>', { t: 's' })), strings: [`<t>${escapeHtml(value)}</t>`] }),
  'the XML of a workbook': (value) => readSheet({ rows: value }),
  'every field of every request': (text) => contractSchemas.map(({ schema }) => inEveryField(schema, text)),
  'a definition’s title': (text) =>
    checkDefinition({ title: text, organiser: text, opens: text, closes: text, forms: text }),
  'a rule in CEL': (text) => checkExpression(text, rules),
  'records of units': (text) =>
    recordFaults({
      ...{ name: text, uscc: text, foundedOn: text, address: text, postcode: text, phone: text, email: text },
      ...{ kinds: [text], flags: [text], rating: { grade: text, validUntil: text } },
      ...{ sanctions: [{ reason: text, from: text, until: text }] },
    }),
  'records of people': (text) =>
    memberFaults({ role: 'applicant', name: text, email: text, mobile: text }, { organiser: false }),
  'If-Match': (text) => ifMatches(text, '"1"'),
  'Accept-Language': localeOf,
  Accept: prefersPage,
  cursors: (text) => decodeCursor('list', z.object({}), text),
  ...Object.fromEntries(
    (['uscc', 'phone-cn', 'mobile-cn', 'postcode-cn', 'email'] as const).flatMap((format) => [
      [`the format ${format}`, (text: string) => hasFormat(text, format)],
      // A published schema carries the pattern alone, and clients go by it.
      [`the pattern of ${format}`, (text: string) => FORMAT_PATTERNS[format].test(text)],
    ]),
  ),
  'texts of answers': (text) => [hasForbidden(text, 'line'), hasForbidden(text, 'multiline')],
  dates: isCalendarDate,
  amounts: (text) => [decimalFault(text, '元'), decimalFault(text, '万元')],
  'file names': isSaneFilename,
  'file names given back': attachmentDisposition,
  'names in archives': (text) => [legalName(text, 100), uniqueNames(100)(text)],
  'names of sheets': (text) => sheetNames()(text),
  'cells of workbooks': xlsxText,
  'cells of CSV': guarded,
  HTML: escapeHtml,
  'webhook addresses': (text) =>
    [text, `https://${text}`, `https://example.org/${text}`].map((url) => webhookUrlFaults(url, { loopback: false })),
  receipts: (text) => [
    verifiedPayload(text, [], 'shenbao-receipt+jwt'),
    verifiedPayload(`${text}.${text}.${text}`, [], 'shenbao-receipt+jwt'),
  ],
};

/** Reads a text, or refuses it as ours do; whatever else is thrown goes on. */
export const readOrRefuse = async (parser: Parser, text: string): Promise<void> => {
  try {
    await parser(text);
  } catch (error) {
    if (!(error instanceof InvalidRequest || error instanceof DomainError)) throw error;
  }
};
