import { describe, expect, it } from 'vitest';
import { takeApart } from '#shared/data/call-content.ts';
import { checkDefinition } from '#shared/domain/call/check-definition.ts';
import { contentOf } from '#test/support/call-content.ts';
import { writtenCall, writtenForm, writtenLeaf } from '#test/support/calls.ts';

const definitionOf = (overrides: Record<string, unknown> = {}) => {
  const { definition, faults } = checkDefinition(writtenCall(overrides));
  if (definition === undefined) throw new Error(JSON.stringify(faults));
  return definition;
};

const kindsOf = (overrides: Record<string, unknown>) =>
  contentOf(definitionOf(overrides)).parts.map(({ item }) => item.replaceAll(/[0-9a-f]{64}/g, '…'));

describe('taking a definition apart', () => {
  it('gives itself, every category that can be applied to, and every form', () => {
    expect(kindsOf({})).toEqual(['definition#…', 'definition#…#category#1', 'definition#…#category#2-1', 'form#…']);
  });

  it('gives the same parts for the same definition, and none of them twice over for another', () => {
    const items = (overrides: Record<string, unknown>) =>
      contentOf(definitionOf(overrides)).parts.map(({ item }) => item);
    const first = items({});
    expect(items({})).toEqual(first);
    const otherTitle = items({ title: '改' });
    expect(otherTitle.filter((item) => first.includes(item))).toEqual(first.filter((item) => item.startsWith('form#')));
  });

  it('leaves out of a category what is only for reading', () => {
    const content = '支持学会。'.repeat(900);
    const categories = (text: string) => [{ code: '1', title: '一', ...writtenLeaf, content: text }];
    const sizeOf = (text: string) => {
      const { parts } = contentOf(definitionOf({ categories: categories(text), notice: text }));
      return parts.find(({ item }) => item.endsWith('#category#1'))?.packed.length;
    };
    expect(sizeOf(content)).toBe(sizeOf('短'));
  });

  it('stops where categories repeat more than can be stored', () => {
    const noise = (length: number) => 'x'.repeat(length);
    const conditions = Array.from({ length: 50 }, () => ({
      text: noise(500),
      effect: 'priority',
      message: noise(300),
      clause: noise(200),
    }));
    const categories = Array.from({ length: 200 }, (_, index) => ({ code: `${index}`, title: '类', ...writtenLeaf }));
    expect(takeApart(definitionOf({ conditions, categories })).faults).toEqual([
      { path: 'categories', code: 'TOO_LARGE', params: { limit: 8 * 1024 * 1024 } },
    ]);
    expect(takeApart(definitionOf({ conditions, categories: categories.slice(0, 100) })).faults).toBeUndefined();
  });

  it('takes 200 forms of one text as one', () => {
    const forms = Object.fromEntries(Array.from({ length: 199 }, (_, index) => [`form${index}`, writtenForm]));
    const { forms: references, parts } = contentOf(definitionOf({ forms: { apply: writtenForm, ...forms } }));
    expect(references).toHaveLength(200);
    expect(new Set(parts.map(({ item }) => item)).size).toBe(4);
  });
});
