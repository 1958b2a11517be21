import { EventBridgeClient, type EventBridgeClientConfig, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { DomainEvent } from '#shared/contract/events.ts';

/** Puts events on a bus, 10 at most, as PutEvents takes them. Throws where any was not taken. */
export type EventBus = (events: readonly DomainEvent[]) => Promise<void>;

/** @param config where the bus is, where that is not the function's own region */
export const eventBus = (name: string, config: Pick<EventBridgeClientConfig, 'region'> = {}): EventBus => {
  const client = new EventBridgeClient({
    ...config,
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
  });
  return async (events) => {
    const { FailedEntryCount = 0, Entries = [] } = await client.send(
      new PutEventsCommand({
        Entries: events.map((event) => ({
          EventBusName: name,
          Source: 'shenbao',
          DetailType: event.type,
          Time: new Date(event.at),
          Detail: JSON.stringify(event),
        })),
      }),
    );
    if (FailedEntryCount > 0) {
      const code = Entries.find(({ ErrorCode }) => ErrorCode !== undefined)?.ErrorCode;
      throw new Error(`The event bus did not take ${FailedEntryCount} events: ${code}`);
    }
  };
};
