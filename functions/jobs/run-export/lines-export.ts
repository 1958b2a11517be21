import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { WholeDefinitions } from '#shared/data/category-rules.ts';
import type { DeadlinesRepository } from '#shared/data/deadlines-repository.ts';
import type { ExportedSubmissions } from '#shared/data/exported-submissions.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import { deadlineInForce, grantedWithin } from '#shared/domain/deadline/deadline-in-force.ts';
import type { Export } from '#shared/domain/export/export.ts';
import { presentSubmission } from '#shared/domain/submission/present.ts';
import { jsonLine } from '#shared/files/json-line.ts';
import { textFile } from '#shared/files/text-file.ts';
import { reasonIn } from '#shared/http/refusal-reasons.ts';
import { currentDefinition } from './category-forms.ts';
import { tableName } from './export-names.ts';
import type { Progress, WrittenFile } from './written-file.ts';

export interface LinePorts {
  readonly definitions: WholeDefinitions;
  readonly deadlines: Pick<DeadlinesRepository, 'ofCall'>;
  readonly submissions: Pick<ExportedSubmissions, 'wholes'>;
}

/** Writes one submission a line, as the API shows it to an officer. */
export const writeLines = async (
  { definitions, deadlines, submissions }: LinePorts,
  one: Export,
  head: CallHead,
  directory: string,
  progress: Progress,
): Promise<WrittenFile> => {
  const { title, documentNumber } = await currentDefinition(definitions, head);
  const view = one.status === 'submitted' ? 'all' : 'head';
  const granted = await deadlines.ofCall(head.callId);
  const path = join(directory, 'export');
  const file = textFile(path);
  let count = 0;
  for await (const { looked, submissions: some } of submissions.wholes(one)) {
    for (const submission of some) {
      const deadline = deadlineInForce(head, grantedWithin(granted, submission.head));
      file.append(jsonLine(presentSubmission(submission, view, deadline, reasonIn('zh'))));
    }
    count += some.length;
    await progress(looked);
  }
  file.close();
  const filename = tableName(one, { title, documentNumber, timezone: head.timezone }, 'ndjson');
  return { path, size: (await stat(path)).size, filename, submissions: count };
};
