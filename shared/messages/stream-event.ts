import * as z from 'zod';

/** What Lambda hands over of a table's stream. */
export const StreamEvent = z.object({
  Records: z.array(
    z.object({ eventName: z.string(), dynamodb: z.object({ SequenceNumber: z.string(), NewImage: z.unknown() }) }),
  ),
});
export type StreamRecord = z.output<typeof StreamEvent>['Records'][number];
