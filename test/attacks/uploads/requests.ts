/** An honest upload by POST, as a client has it in hand. */
export interface Form {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly file: Buffer;
}

/** Parts in the order in which they are sent; `file` in the end of an honest one. */
type Parts = readonly (readonly [name: string, value: string | Buffer])[];

const partsOf = ({ fields, file }: Form): Parts => [...Object.entries(fields), ['file', file]];
const changed = (form: Form, fields: Readonly<Record<string, string>>): Parts =>
  partsOf({ ...form, fields: { ...form.fields, ...fields } });
const without = (form: Form, name: string): Parts => partsOf(form).filter(([one]) => one !== name);

const policyOf = ({ fields }: Form, change: (text: string) => string): string =>
  Buffer.from(change(Buffer.from(fields.Policy ?? '', 'base64').toString())).toString('base64');

/** What becomes of an honest upload in an attacker's hands; none of them may store anything. */
export const FORMS: readonly (readonly [title: string, parts: (form: Form) => Parts])[] = [
  ['more bytes', (form) => partsOf({ ...form, file: Buffer.concat([form.file, Buffer.from('x')]) })],
  ['fewer bytes', (form) => partsOf({ ...form, file: form.file.subarray(1) })],
  ['no bytes', (form) => partsOf({ ...form, file: Buffer.alloc(0) })],
  ['as many other bytes', (form) => partsOf({ ...form, file: Buffer.alloc(form.file.length, 'x') })],
  ['another type', (form) => changed(form, { 'Content-Type': 'text/html' })],
  ['no type', (form) => without(form, 'Content-Type')],
  ['no digest', (form) => without(form, 'x-amz-checksum-sha256')],
  ['no algorithm', (form) => without(form, 'x-amz-checksum-algorithm')],
  ['another digest', (form) => changed(form, { 'x-amz-checksum-sha256': Buffer.alloc(32).toString('base64') })],
  [
    'the key of another submission',
    (form) => changed(form, { key: `submissions/${'0'.repeat(26)}/${'1'.repeat(26)}` }),
  ],
  ['a key out of the folder', (form) => changed(form, { key: `${form.fields.key}/../../x` })],
  ['the name of the file in the key', (form) => changed(form, { key: `${form.fields.key}\${filename}` })],
  ['no policy', (form) => without(form, 'Policy')],
  ['no signature', (form) => without(form, 'X-Amz-Signature')],
  ['another signature', (form) => changed(form, { 'X-Amz-Signature': '0'.repeat(64) })],
  [
    'a policy that lasts longer',
    (form) => changed(form, { Policy: policyOf(form, (text) => text.replace(/20\d\d-/, '2099-')) }),
  ],
  ['a policy without conditions', (form) => changed(form, { Policy: policyOf(form, () => '{"conditions":[]}') })],
  ['a policy that is none', (form) => changed(form, { Policy: 'bm9uZQ==' })],
  ['a field that the policy does not know', (form) => changed(form, { acl: 'public-read' })],
  ['a redirect', (form) => changed(form, { success_action_redirect: 'https://attacker.example' })],
  ['metadata', (form) => changed(form, { 'x-amz-meta-x': 'y' })],
  ['a tag', (form) => changed(form, { tagging: '<Tagging/>' })],
  ['a second key', (form) => [['key', 'elsewhere'], ...partsOf(form)]],
  ['a second type', (form) => [['Content-Type', 'text/html'], ...partsOf(form)]],
  ['the fields after the file', (form) => [...partsOf(form)].reverse()],
  ['no file', (form) => without(form, 'file')],
];

/** Sends the parts as a browser would. */
export const sendForm = (url: string, parts: Parts): Promise<Response> => {
  const body = new FormData();
  for (const [name, value] of parts)
    if (typeof value === 'string') body.append(name, value);
    else body.append(name, new Blob([new Uint8Array(value)]), '申报书.pdf');
  return fetch(url, { method: 'POST', body });
};

export const honestly = partsOf;
