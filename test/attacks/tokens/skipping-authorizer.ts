import { createHmac, createPublicKey, type KeyObject, verify as verifySignature } from 'node:crypto';
import * as z from 'zod';
import type { Attack } from './attacks.ts';
import { AUDIENCE, type Issuer, KID } from './make-tokens.ts';

/** Every check that stands between an attack and a function. */
export const CHECKS = [
  'place',
  'segments',
  'algorithm',
  'kid',
  'key',
  'signature',
  'critical',
  'issuer',
  'audience',
  'expiry',
  'beginning',
  'issue',
  'purpose',
  'subject',
] as const;
export type Check = (typeof CHECKS)[number];

const Json = z.record(z.string(), z.unknown());

const decoded = (part: string): Record<string, unknown> =>
  Json.parse(JSON.parse(Buffer.from(part, 'base64url').toString()));

/**
 * An authorizer written for this test alone, each of whose checks can be left out: if the attacks are any good, at least one of them gets in without each.
 * @returns whether the request is let through
 */
export const skippingAuthorizer = (issuer: Issuer, skipped: Check | undefined) => {
  const keeps = (check: Check): boolean => check !== skipped;
  const attackers = createPublicKey({ key: issuer.attackersJwk, format: 'jwk' });

  const tokenOf = ({ headers = {}, query = '' }: Attack): string | undefined => {
    const sent = headers.authorization?.replace(/^Bearer\s+/i, '').trim();
    return sent ?? (keeps('place') ? undefined : (new URLSearchParams(query).get('access_token') ?? undefined));
  };

  /** The key by what the header says, where that is believed. */
  const keyOf = ({ kid, jwk, jku }: Record<string, unknown>): KeyObject | undefined => {
    if (!keeps('key') && (jwk !== undefined || jku !== undefined)) return attackers;
    return kid === KID || !keeps('kid') ? issuer.publicKey : undefined;
  };

  const isSigned = (header: Record<string, unknown>, input: string, signature: string): boolean => {
    if (!keeps('signature')) return true;
    if (keeps('algorithm') ? header.alg !== 'RS256' : header.alg === 'none') return !keeps('algorithm');
    const key = keyOf(header);
    if (key === undefined) return false;
    if (header.alg === 'HS256') {
      const pem = issuer.publicKey.export({ type: 'spki', format: 'pem' });
      return createHmac('sha256', pem).update(input).digest('base64url') === signature;
    }
    return verifySignature('sha256', Buffer.from(input), key, Buffer.from(signature, 'base64url'));
  };

  const isMeant = ({
    iss,
    aud,
    client_id,
    exp,
    nbf = 0,
    iat = 0,
    token_use,
    sub,
  }: Record<string, unknown>): boolean => {
    const seconds = Date.now() / 1_000;
    const holds: Readonly<Partial<Record<Check, boolean>>> = {
      issuer: iss === issuer.url,
      audience: [aud ?? client_id].flat().includes(AUDIENCE),
      expiry: typeof exp === 'number' && exp > seconds,
      beginning: typeof nbf === 'number' && nbf <= seconds,
      issue: typeof iat === 'number' && iat <= seconds,
      purpose: token_use === 'access',
      subject: typeof sub === 'string' && /^[\x20-\x7e]{1,255}$/.test(sub),
    };
    return CHECKS.every((check) => !keeps(check) || holds[check] !== false);
  };

  return (attack: Attack): boolean => {
    const [head = '', body = '', signature = '', ...more] = (tokenOf(attack) ?? '').split('.');
    if (keeps('segments') && more.length > 0) return false;
    try {
      const header = decoded(head);
      if (keeps('critical') && header.crit !== undefined) return false;
      return isSigned(header, `${head}.${body}`, signature) && isMeant(decoded(body));
    } catch {
      return false;
    }
  };
};
