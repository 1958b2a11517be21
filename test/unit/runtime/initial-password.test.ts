import { describe, expect, it } from 'vitest';
import { generateInitialPassword } from '#shared/runtime/initial-password.ts';

describe('an initial password', () => {
  const passwords = Array.from({ length: 2_000 }, generateInitialPassword);

  it('meets the policy of the user pool: length, capital, small letter, digit, symbol', () => {
    for (const password of passwords) {
      expect(password).toMatch(/^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)[A-Za-z0-9]{4}(-[A-Za-z0-9]{4}){3}$/);
    }
  });

  it('holds no characters that look alike, not even a capital beside its small twin', () => {
    const used = new Set(passwords.join(''));
    for (const twins of ['0OoQ', '1lIij', '2Zz', '5Ss', '8B', '9gq', '6Gb', 'cC', 'kK', 'pP', 'uUvV', 'wW', 'xX']) {
      expect([...twins].filter((each) => used.has(each)).length, twins).toBeLessThanOrEqual(1);
    }
  });

  it('never comes twice', () => {
    expect(new Set(passwords).size).toBe(passwords.length);
  });
});
