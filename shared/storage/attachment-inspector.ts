import type { AttachmentObjects } from './attachment-objects.ts';

export type AttachmentInspector = Pick<AttachmentObjects, 'inspect'>;

/**
 * Looks at objects of attachments, and loads the S3 client only when there is one to look at: nearly every submit finds all its attachments proven by
 * their events, and the client is half of what a cold start of the SDK takes.
 */
export const attachmentInspector = (bucket: string): AttachmentInspector => {
  const load = async (): Promise<AttachmentObjects> => {
    const [{ attachmentObjects }, { s3Client }] = await Promise.all([
      import('./attachment-objects.ts'),
      import('./s3-client.ts'),
    ]);
    return attachmentObjects(s3Client(), bucket);
  };
  let loaded: Promise<AttachmentObjects> | undefined;
  return {
    async inspect(key, versionId) {
      loaded ??= load();
      return (await loaded).inspect(key, versionId);
    },
  };
};
