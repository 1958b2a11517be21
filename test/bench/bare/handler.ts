/**
 * What any function with these two SDK clients has to load before a line of its own runs: the submit function is held against it. The same client
 * settings and commands as there, and no logic.
 */
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { BatchGetCommand, GetCommand, QueryCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '#shared/data/document-client.ts';
import { s3Client } from '#shared/storage/s3-client.ts';

const db = documentClient();
const s3 = s3Client();

const COMMANDS = {
  GetCommand,
  QueryCommand,
  BatchGetCommand,
  UpdateCommand,
  TransactWriteCommand,
  HeadObjectCommand,
  GetObjectCommand,
};

export const handler = async () => ({ clients: [db.config, s3.config].length, commands: Object.keys(COMMANDS) });
