import { parse } from 'yaml';
import type * as z from 'zod';
import { Call, createAnnexUpload } from '#shared/contract/calls.ts';
import { CallDefinition } from '#shared/domain/call/definition.ts';
import { type ApiClient, expectStatus } from './api-client.ts';
import { EXAMPLE_CALL_ID, exampleAnnexes, exampleCall } from './example-call.ts';
import { sendFile } from './send-file.ts';

const path = `/calls/${EXAMPLE_CALL_ID}`;

const uploadAnnexes = async (officer: ApiClient, definition: CallDefinition): Promise<void> => {
  const files = exampleAnnexes();
  for (const { filename, contentType, size, sha256 } of definition.annexes) {
    const bytes = files.get(sha256);
    if (!bytes) throw new Error(`shared/calls/${EXAMPLE_CALL_ID}/annexes holds no file of SHA-256 ${sha256}.`);
    const body = { organiser: definition.organiser, filename, contentType, size, sha256 };
    const reply = expectStatus(await officer.send('POST', `${path}/annexes`, body), 201, `Annex ${filename}`);
    const { upload } = createAnnexUpload.reply.parse(reply.body);
    const sent = await sendFile(upload, new Uint8Array(bytes));
    if (sent.status >= 300) throw new Error(`S3 refused the annex ${filename}: ${sent.status} ${sent.code ?? ''}`);
  }
};

const PublishedCall = Call.pick({ status: true, closesAt: true, closesText: true });
type PublishedCall = z.output<typeof PublishedCall>;

export interface SeededCall extends PublishedCall {
  /** False when it was there already: then its deadline is the one it had. */
  isNew: boolean;
}

const findCall = async (officer: ApiClient): Promise<PublishedCall | undefined> => {
  const reply = await officer.send('GET', path);
  return reply.status === 404 ? undefined : PublishedCall.parse(expectStatus(reply, 200, 'Reading the call').body);
};

/**
 * Publishes the Changde call as its officer does, through the API; if it is there already, nothing changes.
 * @param closes ISO instant that stands for the printed deadline
 */
export const seedCall = async (officer: ApiClient, closes: string): Promise<SeededCall> => {
  const kept = await findCall(officer);
  if (kept) return { ...kept, isNew: false };
  const yaml = exampleCall(closes);
  await uploadAnnexes(officer, CallDefinition.parse(parse(yaml)));
  const headers = { 'content-type': 'application/yaml' };
  expectStatus(await officer.send('PUT', path, yaml, headers), 200, 'Saving the call');
  expectStatus(await officer.send('POST', `${path}/publish`), 200, 'Publishing the call');
  const call = await findCall(officer);
  if (!call) throw new Error(`${path} is not there after it was published.`);
  return { ...call, isNew: true };
};
