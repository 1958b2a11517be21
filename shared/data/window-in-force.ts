import type { CallHead, CallWindow } from '#shared/domain/call/call-head.ts';
import type { CallsRepository } from './calls-repository.ts';

/** The window of the version in force, as it was published: the head's moves by extension and close. Undefined while none is in force. */
export const windowInForce = async (
  calls: Pick<CallsRepository, 'version'>,
  { callId, publishedVersion }: CallHead,
): Promise<CallWindow | undefined> => {
  if (publishedVersion === undefined) return undefined;
  const version = await calls.version(callId, publishedVersion);
  if (version === undefined) throw new Error(`Call ${callId} has no version ${publishedVersion}`);
  return version.window;
};
