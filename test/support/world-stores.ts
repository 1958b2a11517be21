import { type FreshTables, freshTables } from './dynamodb.ts';
import { type Services, startServices } from './services.ts';

/** Tables on DynamoDB Local, and all else that functions work with, nobody else's. */
export interface Stores extends FreshTables, Services {}

/** Everything empty; call `stop` when done. */
export const startStores = async (): Promise<Stores> => ({ ...(await freshTables()), ...(await startServices()) });
