import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkShape } from '#shared/domain/form/check-shape.ts';
import { answersDigest } from '#shared/domain/form/digest.ts';
import { projectAnswers, projectForm } from './project-form.ts';

describe('answersDigest', () => {
  it('is the SHA-256 of the canonical JSON that anyone can make', () => {
    const canonical = '{"a":["x","y"],"b":-1,"c":[{"k":true,"ö":"1.5"}]}';
    const expected = createHash('sha256').update(canonical, 'utf8').digest('hex');
    expect(answersDigest({ c: [{ ö: '1.5', k: true }], b: -1, a: ['x', 'y'] })).toBe(expected);
  });

  it('does not depend on the order of keys, and does on that of rows', () => {
    const answers = projectAnswers();
    const turned = Object.fromEntries(Object.entries(answers).reverse());
    expect(answersDigest(turned)).toBe(answersDigest(answers));
    const [first, ...others] = ['甲', '乙'].map((name) => ({ name }));
    expect(answersDigest({ team: [{ ...first }, ...others] })).not.toBe(
      answersDigest({ team: [...others, { ...first }] }),
    );
  });

  it('is the same for answers as they were sent canonically and as the check keeps them', () => {
    const { answers } = checkShape(projectForm(), undefined, projectAnswers());
    expect(answersDigest(answers)).toBe(answersDigest(projectAnswers()));
  });
});
