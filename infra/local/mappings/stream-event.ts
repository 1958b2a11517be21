import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { _Record as StreamRecord } from '@aws-sdk/client-dynamodb-streams';

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** An attribute as JSON carries it: bytes in base64. */
const jsonOf = (value: AttributeValue): unknown => {
  if (value.B !== undefined) return { B: base64(value.B) };
  if (value.BS !== undefined) return { BS: value.BS.map(base64) };
  if (value.L !== undefined) return { L: value.L.map(jsonOf) };
  if (value.M !== undefined) return { M: itemOf(value.M) };
  return value;
};

const itemOf = (item: Record<string, AttributeValue>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, jsonOf(value)]));

/** A record as a function gets it: https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
export const streamEventRecord = (
  { dynamodb: change, ...record }: StreamRecord,
  streamArn: string,
  region: string,
) => ({
  ...record,
  awsRegion: region,
  dynamodb: {
    ApproximateCreationDateTime: (change?.ApproximateCreationDateTime?.getTime() ?? 0) / 1_000,
    ...(change?.Keys && { Keys: itemOf(change.Keys) }),
    ...(change?.NewImage && { NewImage: itemOf(change.NewImage) }),
    ...(change?.OldImage && { OldImage: itemOf(change.OldImage) }),
    SequenceNumber: change?.SequenceNumber ?? '',
    SizeBytes: change?.SizeBytes,
    StreamViewType: change?.StreamViewType,
  },
  eventSourceARN: streamArn,
});

export type StreamEventRecord = ReturnType<typeof streamEventRecord>;
