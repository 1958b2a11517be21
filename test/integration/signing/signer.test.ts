import { createHash, createPublicKey, verify } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetPublicKeyCommand, type KMSClient, NotFoundException, SignCommand } from '@aws-sdk/client-kms';
import { calculateJwkThumbprint, compactVerify, createLocalJWKSet, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { LocalKms } from '#infra/local/kms/start-kms.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { kmsSigner, type Signer } from '#shared/signing/signer.ts';
import { verifiedPayload } from '#shared/signing/verify-jws.ts';
import { EARLIER_KEY, kmsAt, SIGNING_KEY, serveKms } from '#test/support/kms.ts';

const PAYLOAD = { unit: '常德市化学学会', receiptNo: '0123', files: [{ size: 1 }], 'a b': null };
const TYPE = 'shenbao-receipt+jwt';

let kms: LocalKms;
let client: KMSClient;
let signer: Signer;

beforeAll(async () => {
  kms = await serveKms([SIGNING_KEY, EARLIER_KEY]);
  client = kmsAt(kms.endpoint);
  signer = kmsSigner(client, SIGNING_KEY, EARLIER_KEY);
});

afterAll(async () => {
  client.destroy();
  await kms.close();
});

const isDigestSigned = (spki: Uint8Array, message: string, der: Uint8Array): boolean =>
  verify('sha256', Buffer.from(message), createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }), der);

describe('a signer over KMS', () => {
  it('signs what jose verifies against the keys it publishes', async () => {
    const keys = createLocalJWKSet({ keys: await signer.publicKeys() });
    for (let round = 0; round < 50; round += 1) {
      const jws = await signer.sign({ ...PAYLOAD, round }, TYPE);
      const { payload, protectedHeader } = await compactVerify(jws, keys, { algorithms: ['ES256'] });
      expect(Buffer.from(payload).toString()).toBe(canonicalJson({ ...PAYLOAD, round }));
      expect(protectedHeader).toEqual({ alg: 'ES256', kid: expect.any(String), typ: TYPE });
      expect(verifiedPayload(jws, await signer.publicKeys(), TYPE)).toBe(canonicalJson({ ...PAYLOAD, round }));
    }
  });

  it('signs a text as it is', async () => {
    const jws = await signer.sign('{"b":1, "a":"申报"}\n', 'shenbao-seal+jwt');
    expect(verifiedPayload(jws, await signer.publicKeys(), 'shenbao-seal+jwt')).toBe('{"b":1, "a":"申报"}\n');
  });

  it('names keys by their thumbprint, the one that signs first', async () => {
    const [current, earlier, ...others] = await signer.publicKeys();
    if (current === undefined || earlier === undefined) throw new Error('Both keys are to be published.');
    expect(others).toEqual([]);
    expect(current).toEqual({
      kty: 'EC',
      crv: 'P-256',
      x: expect.stringMatching(/^[\w-]{43}$/),
      y: expect.stringMatching(/^[\w-]{43}$/),
      kid: await calculateJwkThumbprint(current),
      alg: 'ES256',
      use: 'sig',
    });
    expect(earlier.kid).toBe(await calculateJwkThumbprint(earlier));
    expect(earlier.kid).not.toBe(current.kid);
    expect(decodeProtectedHeader(await signer.sign(PAYLOAD, TYPE)).kid).toBe(current.kid);
  });

  it('keeps verifying what an earlier key signed', async () => {
    const before = await kmsSigner(client, EARLIER_KEY).sign(PAYLOAD, TYPE);
    expect(verifiedPayload(before, await signer.publicKeys(), TYPE)).toBe(canonicalJson(PAYLOAD));
    expect(verifiedPayload(before, await kmsSigner(client, SIGNING_KEY).publicKeys(), TYPE)).toBeUndefined();
  });

  it('asks for a public key once', async () => {
    const own = kmsAt(kms.endpoint);
    let asked = 0;
    own.middlewareStack.add(
      (next, { commandName }) =>
        (args) => {
          if (commandName === 'GetPublicKeyCommand') asked += 1;
          return next(args);
        },
      { step: 'initialize' },
    );
    const patient = kmsSigner(own, SIGNING_KEY);
    await patient.sign(PAYLOAD, TYPE);
    await patient.sign(PAYLOAD, TYPE);
    await patient.publicKeys();
    expect(asked).toBe(1);
    own.destroy();
  });
});

describe('verifying', () => {
  it('takes nothing that was changed, in any part', async () => {
    const keys = await signer.publicKeys();
    const jws = await signer.sign(PAYLOAD, TYPE);
    const [header = '', payload = '', signature = ''] = jws.split('.');
    const forged = Buffer.from(canonicalJson({ ...PAYLOAD, unit: '别的学会' })).toString('base64url');
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none', kid: keys[0]?.kid, typ: TYPE })).toString('base64url');
    const swapped = Buffer.from(signature, 'base64url');
    const otherWay = Buffer.concat([swapped.subarray(32), swapped.subarray(0, 32)]).toString('base64url');
    for (const tampered of [
      `${header}.${forged}.${signature}`,
      `${unsigned}.${payload}.${signature}`,
      `${unsigned}.${payload}.`,
      `${header}.${payload}.${otherWay}`,
      `${header}.${payload}`,
      `${header}.${payload}.${signature}.`,
      ` ${jws}`,
      '',
      '!.!.!',
    ]) {
      expect(verifiedPayload(tampered, keys, TYPE), tampered).toBeUndefined();
    }
    expect(verifiedPayload(jws, keys, TYPE)).toBe(canonicalJson(PAYLOAD));
  });

  it('takes nothing signed as something else, or by a key it does not know', async () => {
    const jws = await signer.sign(PAYLOAD, TYPE);
    expect(verifiedPayload(jws, await signer.publicKeys(), 'shenbao-seal+jwt')).toBeUndefined();
    expect(verifiedPayload(jws, [], TYPE)).toBeUndefined();
  });
});

describe('the local KMS', () => {
  const digest = createHash('sha256').update('text').digest();
  const sign = { MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' } as const;

  it('signs digests as DER, by id and by ARN', async () => {
    const { PublicKey, KeyId } = await client.send(new GetPublicKeyCommand({ KeyId: SIGNING_KEY }));
    expect(KeyId).toMatch(/^arn:aws:kms:[^:]+:\d{12}:key\/SigningKey$/);
    for (let round = 0; round < 50; round += 1) {
      const { Signature } = await client.send(new SignCommand({ ...sign, KeyId, Message: digest }));
      expect(isDigestSigned(PublicKey ?? Buffer.alloc(0), 'text', Signature ?? Buffer.alloc(0))).toBe(true);
    }
  });

  it('refuses an unknown key, another length, and what it does not do', async () => {
    await expect(client.send(new GetPublicKeyCommand({ KeyId: 'nobody' }))).rejects.toBeInstanceOf(NotFoundException);
    const short = new SignCommand({ ...sign, KeyId: SIGNING_KEY, Message: digest.subarray(1) });
    await expect(client.send(short)).rejects.toThrow('invalid length');
    const raw = new SignCommand({ ...sign, KeyId: SIGNING_KEY, Message: digest, MessageType: 'RAW' });
    await expect(client.send(raw)).rejects.toThrow('digests alone');
  });

  it('asks for a request signed for KMS, and for JSON', async () => {
    const ask = async (service: string, body: string, action = 'GetPublicKey') => {
      const reply = await fetch(kms.endpoint, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': `TrentService.${action}`,
          authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/ap-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
        },
        body,
      });
      return { status: reply.status, type: Object(await reply.json()).__type };
    };
    const body = JSON.stringify({ KeyId: SIGNING_KEY });
    expect(await ask('kms', body)).toEqual({ status: 200, type: undefined });
    expect(await ask('s3', body)).toEqual({ status: 400, type: 'MissingAuthenticationTokenException' });
    expect(await ask('kms', '{')).toEqual({ status: 400, type: 'SerializationException' });
    expect(await ask('kms', body, 'Decrypt')).toEqual({ status: 400, type: 'UnknownOperationException' });
  });

  it('keeps its keys in a file that only its owner may read, and adds new ones', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kms-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'kept', 'kms-keys.json');
    const publicKeys = async (...keyIds: [string, ...string[]]) => {
      const served = await serveKms(keyIds, file);
      const own = kmsAt(served.endpoint);
      const keys = await kmsSigner(own, ...keyIds).publicKeys();
      own.destroy();
      await served.close();
      return keys;
    };
    const [first] = await publicKeys(SIGNING_KEY);
    const [added, kept] = await publicKeys('SigningKey2', SIGNING_KEY);
    expect(kept).toEqual(first);
    expect(added?.kid).not.toBe(first?.kid);
    expect((await stat(file)).mode & 0o777).toBe(0o600);

    await writeFile(file, 'no keys');
    await expect(serveKms([SIGNING_KEY], file)).rejects.toThrow(`${file} holds no P-256 keys`);
    expect(await readFile(file, 'utf8')).toBe('no keys');
  });
});
