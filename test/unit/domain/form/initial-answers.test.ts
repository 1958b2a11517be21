import { describe, expect, it } from 'vitest';
import { initialAnswers } from '#shared/domain/form/initial-answers.ts';
import { projectForm } from './project-form.ts';

describe('initialAnswers', () => {
  it('starts a draft with what its category fixes', () => {
    expect(initialAnswers(projectForm(), { kind: '科技服务' })).toEqual({ kind: '科技服务' });
  });

  it('starts a draft of a category that fixes nothing empty', () => {
    expect(initialAnswers(projectForm(), undefined)).toEqual({});
  });

  it('passes over what the form does not ask', () => {
    expect(initialAnswers(projectForm(), { another: 'x' })).toEqual({});
  });
});
