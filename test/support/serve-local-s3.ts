import * as z from 'zod';
import { startS3 } from '#infra/local/s3/start-s3.ts';

/** What a parent process sends over IPC after the start, and when it wants to know the memory used so far. */
const Message = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('start'),
    options: z.object({
      directory: z.string(),
      region: z.string(),
      credentials: z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }),
      bucket: z.string(),
    }),
  }),
  z.object({ kind: z.literal('peak-memory') }),
]);

/** Serves a local S3 in a process of its own, so that its memory can be told from that of the client that loads it. */
process.on('message', async (data) => {
  const message = Message.parse(data);
  if (message.kind === 'peak-memory') {
    // In KiB, the most that was ever resident.
    process.send?.({ peakBytes: process.resourceUsage().maxRSS * 1024 });
    return;
  }
  const { bucket, ...options } = message.options;
  const { endpoint } = await startS3({
    ...options,
    port: 0,
    buckets: [{ name: bucket, versioned: true, cors: [] }],
  });
  process.send?.({ endpoint });
});
