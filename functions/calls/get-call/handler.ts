import * as z from 'zod';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { environment } from '#shared/runtime/environment.ts';
import { getCall } from './get-call.ts';

const { CALLS_TABLE } = environment({ CALLS_TABLE: z.string() });

export const handler = getCall({ calls: callsRepository(documentClient(), CALLS_TABLE) });
