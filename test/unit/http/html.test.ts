import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html, markup } from '#shared/http/html.ts';

describe('html', () => {
  it('escapes what is put into it, and not what is markup already', () => {
    const list = ['<', 'b'].map((each) => html`<li>${each}</li>`);
    expect(html`<ul title="${'"\''}">${list}</ul>${1}${markup('<hr>')}${[]}`.text).toBe(
      '<ul title="&quot;&#39;"><li>&lt;</li><li>b</li></ul>1<hr>',
    );
  });

  it('lets no text end an element or an attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(html`${text}`.text).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
      }),
    );
  });
});
