import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';

const Capacity = z.object({ CapacityUnits: z.number().optional() });
const Output = z.object({ ConsumedCapacity: z.union([Capacity, z.array(Capacity)]).optional() });

/** Adds up the capacity units that requests of a client take from now on, as DynamoDB Local counts them; `take` gives them and starts again. */
export const countUnits = (db: DynamoDBDocumentClient): { take(): number } => {
  let units = 0;
  db.middlewareStack.add(
    (next) => async (args) => {
      const reply = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
      const { ConsumedCapacity = [] } = Output.parse(reply.output);
      for (const { CapacityUnits = 0 } of [ConsumedCapacity].flat()) units += CapacityUnits;
      return reply;
    },
    { step: 'initialize', name: 'count-units', priority: 'high' },
  );
  return {
    take: () => {
      const taken = units;
      units = 0;
      return taken;
    },
  };
};
