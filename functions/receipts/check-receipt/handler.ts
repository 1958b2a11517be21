import * as z from 'zod';
import { documentClient } from '#shared/data/document-client.ts';
import { receiptsRepository } from '#shared/data/receipts-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { checkReceipt } from './check-receipt.ts';

const env = environment({ RECEIPTS_TABLE: z.string() });

export const handler = checkReceipt({ receipts: receiptsRepository(documentClient(), env.RECEIPTS_TABLE) });
