import { at, type Fault } from '#shared/domain/fault.ts';
import type { FormDefinition } from './definition.ts';
import { fieldsOf } from './fields.ts';
import { formSchema } from './json-schema.ts';
import { formPresentation } from './presentation.ts';

/** Fields and columns of a form in total. Every save and submit walks them; the longest form of a notice has some 80. */
const MOST_FIELDS = 1_000;

/** What `getForm` replies of a form, in bytes: a Lambda's reply takes 6 MB, and what the category fixes and asks to be declared comes on top. */
const MOST_REPLY_BYTES = 5 * 1024 * 1024;

/** Bytes of the reply as Lambda counts them: the body is a text within JSON, so its quotes are escaped once more. */
const replyBytes = (form: FormDefinition): number =>
  Buffer.byteLength(JSON.stringify(JSON.stringify({ schema: formSchema(form), presentation: formPresentation(form) })));

/** Checks that a form is small enough to be walked and to be given out. */
export const checkSize = (form: FormDefinition, path: string): readonly Fault[] => {
  const { all } = fieldsOf(form);
  const columns = all.map((field) => (field.type === 'table' ? field.columns.length : 0));
  if (columns.reduce((total, count) => total + count, all.length) > MOST_FIELDS) {
    return [{ path: at(path, 'sections'), code: 'TOO_MANY', params: { limit: MOST_FIELDS } }];
  }
  return replyBytes(form) > MOST_REPLY_BYTES ? [{ path, code: 'TOO_LARGE', params: { limit: MOST_REPLY_BYTES } }] : [];
};
