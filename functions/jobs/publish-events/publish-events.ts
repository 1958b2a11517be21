import { eventPublisher, type PublisherPorts } from '#shared/messages/event-publisher.ts';
import { StreamEvent, type StreamRecord } from '#shared/messages/stream-event.ts';
import { itemOfImage } from '#shared/messages/stream-image.ts';
import { job } from '#shared/runtime/job.ts';
import { log } from '#shared/runtime/log.ts';

/** How many entries are under way at once. */
const AT_ONCE = 10;

/**
 * Publishes each new entry of the history. Where one fails, those after it are done all the same: Lambda tries again from the first that failed, and gives that
 * one up in the end.
 */
export const publishEvents = (ports: PublisherPorts) => {
  const publish = eventPublisher(ports);

  return job('publishEvents', async (input) => {
    const { Records } = StreamEvent.parse(input);
    const failed: string[] = [];
    const attempt = async ({ eventName, dynamodb }: StreamRecord): Promise<void> => {
      if (eventName !== 'INSERT') return;
      try {
        await publish(itemOfImage(dynamodb.NewImage));
      } catch (error) {
        log.error('PUBLISH_FAULT', {}, error);
        failed.push(dynamodb.SequenceNumber);
      }
    };
    for (let start = 0; start < Records.length; start += AT_ONCE) {
      await Promise.all(Records.slice(start, start + AT_ONCE).map(attempt));
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  });
};
