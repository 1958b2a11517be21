import { expect, it } from 'vitest';
import { attached, detached } from '#shared/domain/detached-jws.ts';
import { escapeHtml } from '#shared/domain/escape-html.ts';

it('a signature is kept without the text it signs, and put together with it again', () => {
  const payload = '{"a":"学会"}';
  const whole = `eyJh.${Buffer.from(payload).toString('base64url')}.c2ln`;
  expect(detached(whole)).toBe('eyJh..c2ln');
  expect(attached(detached(whole), payload)).toBe(whole);
});

it.each([
  ['a & b', 'a &amp; b'],
  ['<b>', '&lt;b&gt;'],
  ['"\'', '&quot;&#39;'],
  ['&&', '&amp;&amp;'],
  ['学会', '学会'],
  [0.5, '0.5'],
])('%s stands in HTML as %s', (text, escaped) => {
  expect(escapeHtml(text)).toBe(escaped);
});
