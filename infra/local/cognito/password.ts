import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import * as z from 'zod';
import type { PasswordPolicy } from '../template/local-model.ts';
import { CognitoError } from './cognito-error.ts';

const derive = promisify<string, Buffer, number, Buffer>(scrypt);
const KEY_BYTES = 32;

/** A password as it is kept: nobody reads it back. */
export const PasswordHash = z.object({ salt: z.string(), key: z.string() });
export type PasswordHash = z.output<typeof PasswordHash>;

export const hashPassword = async (password: string): Promise<PasswordHash> => {
  const salt = randomBytes(16);
  return { salt: salt.toString('hex'), key: (await derive(password, salt, KEY_BYTES)).toString('hex') };
};

export const isPassword = async (password: string, { salt, key }: PasswordHash): Promise<boolean> =>
  timingSafeEqual(await derive(password, Buffer.from(salt, 'hex'), KEY_BYTES), Buffer.from(key, 'hex'));

// https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
const SYMBOL = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+-]/;

/** @throws CognitoError InvalidPasswordException that says what the policy misses, as Cognito does */
export const requirePolicy = (password: string, policy: PasswordPolicy): void => {
  const rules: readonly [asked: boolean, met: boolean, missed: string][] = [
    [true, password.length >= policy.minimumLength, 'Password not long enough'],
    [policy.lowercase, /[a-z]/.test(password), 'Password must have lowercase characters'],
    [policy.uppercase, /[A-Z]/.test(password), 'Password must have uppercase characters'],
    [policy.digits, /\d/.test(password), 'Password must have numeric characters'],
    [policy.symbols, SYMBOL.test(password), 'Password must have symbol characters'],
  ];
  const missed = rules.find(([asked, met]) => asked && !met);
  if (missed !== undefined) {
    throw new CognitoError('InvalidPasswordException', `Password did not conform with policy: ${missed[2]}`);
  }
};
