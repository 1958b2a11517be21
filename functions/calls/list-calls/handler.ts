import * as z from 'zod';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { environment } from '#shared/runtime/environment.ts';
import { listCalls } from './list-calls.ts';

const { CALLS_TABLE } = environment({ CALLS_TABLE: z.string() });

export const handler = listCalls({ calls: callsRepository(documentClient(), CALLS_TABLE) });
