import * as z from 'zod';
import { actorNames } from '#shared/data/actor-names.ts';
import { attachmentsRepository } from '#shared/data/attachments-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { historyRepository } from '#shared/data/history-repository.ts';
import { standingRepository } from '#shared/data/standing-repository.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { getSubmissionHistory } from './get-submission-history.ts';

const env = environment({ MEMBERSHIPS_TABLE: z.string(), SUBMISSIONS_TABLE: z.string(), HISTORY_TABLE: z.string() });
const db = documentClient();

export const handler = getSubmissionHistory({
  submissions: submissionsRepository(db, env.SUBMISSIONS_TABLE),
  attachments: attachmentsRepository(db, env.SUBMISSIONS_TABLE),
  standings: standingRepository(db, env.MEMBERSHIPS_TABLE),
  history: historyRepository(db, env.HISTORY_TABLE),
  names: actorNames(db, env.MEMBERSHIPS_TABLE),
});
