import { describe, expect, it } from 'vitest';
import { localeOf } from '#shared/http/locale.ts';
import { prefersPage } from '#shared/http/reply-format.ts';

describe('whether a page is asked for', () => {
  it.each([
    'text/html',
    'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8',
    'application/json;q=0.8, text/html',
    'application/json;q=0, text/html;q=0.1',
    ' TEXT/HTML ; q=1 , */*',
  ])('is, by %j', (accept) => {
    expect(prefersPage(accept)).toBe(true);
  });

  it.each([
    undefined,
    '',
    '*/*',
    'text/*',
    'application/json',
    'application/json, text/plain, */*',
    'application/json, text/html',
    'text/html;q=0',
    'text/html;q=nonsense',
    `${'x/y,'.repeat(200)}text/html`,
  ])('is not, by %j', (accept) => {
    expect(prefersPage(accept)).toBe(false);
  });
});

describe('the language', () => {
  it.each([
    [undefined, 'zh'],
    ['en', 'en'],
    ['en-GB,en;q=0.9', 'en'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['en;q=0.3, zh;q=0.7', 'zh'],
    ['fr, en;q=0.5, zh;q=0.4', 'en'],
    ['fr, *;q=0.1', 'zh'],
    ['en;q=0', 'zh'],
  ])('of %j is %s', (header, locale) => {
    expect(localeOf(header)).toBe(locale);
  });
});
