import { escapeHtml } from '#shared/domain/escape-html.ts';

/** Markup that may stand in a page as it is. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A text of our own, such as a style sheet, that is not to be escaped. */
export const markup = (text: string): Html => new Html(text);

const rendered = (value: string | number | Html | readonly Html[]): string => {
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('');
  return escapeHtml(value);
};

/** A template of HTML: what is put into it is escaped, for elements and quoted attributes, unless it is such a template itself. */
export const html = (
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Html | readonly Html[])[]
): Html =>
  new Html(parts.map((part, index) => `${index === 0 ? '' : rendered(values[index - 1] ?? '')}${part}`).join(''));
