import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { exportPartKey, exportPlanKey } from './export-keys.ts';

const ATTEMPTS = 3;

const PlannedIds = z.array(z.string());

export type ExportFiles = ReturnType<typeof exportFiles>;

/** The files of exports, and the lists of what is to be in each part of an archive. */
export const exportFiles = (client: S3Client, bucket: string) => ({
  /** Puts a part's file, whole or not at all, over whatever an earlier attempt put. One request takes 5 GB. */
  async putPart(exportId: string, part: number, path: string): Promise<void> {
    const { size } = await stat(path);
    for (let attempt = 1; ; attempt += 1) {
      try {
        await client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: exportPartKey(exportId, part),
            Body: createReadStream(path),
            ContentLength: size,
            ContentType: 'application/octet-stream',
          }),
        );
        return;
      } catch (error) {
        // The SDK sends a stream once alone, and a connection that was kept may have been closed meanwhile.
        if (attempt === ATTEMPTS) throw error;
      }
    }
  },

  /** Puts the ids of a part of a plan. */
  async putPlan(exportId: string, planId: string, part: number, submissionIds: readonly string[]): Promise<void> {
    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: exportPlanKey(exportId, planId, part),
        Body: JSON.stringify(submissionIds),
        ContentType: 'application/json',
      }),
    );
  },

  /** The ids of a part of a plan. */
  async plan(exportId: string, planId: string, part: number): Promise<string[]> {
    const { Body } = await client.send(
      new GetObjectCommand({ Bucket: bucket, Key: exportPlanKey(exportId, planId, part) }),
    );
    return PlannedIds.parse(JSON.parse((await Body?.transformToString()) ?? ''));
  },
});
