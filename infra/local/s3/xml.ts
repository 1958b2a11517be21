const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** S3 writes control characters as character references, although XML 1.0 has no such thing. */
const escapeXml = (text: string): string =>
  text.replace(/[&<>"'\p{Cc}]/gu, (character) => entities[character] ?? `&#${character.charCodeAt(0)};`);

/** One element: a string is escaped as its text, an array holds its child elements already written. */
export const element = (name: string, content: string | string[], namespace?: string): string => {
  const inner = typeof content === 'string' ? escapeXml(content) : content.join('');
  return `<${name}${namespace === undefined ? '' : ` xmlns="${namespace}"`}>${inner}</${name}>`;
};

export const S3_NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

export const xmlDocument = (root: string): string => `<?xml version="1.0" encoding="UTF-8"?>\n${root}`;
