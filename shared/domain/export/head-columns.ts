import type { Partner, SubmissionHead } from '#shared/domain/submission/submission.ts';
import type { AnswerColumn } from './columns.ts';
import { localTime } from './local-time.ts';

type Cell = string | number | undefined;

/** What rows show of a submission besides its answers. */
export interface RowFacts {
  readonly head: SubmissionHead;
  readonly unitName: string;
  readonly partners: readonly Partner[];
  /** 受理编号, once the call is sealed. */
  readonly acceptanceNo: number | undefined;
  /** Code and title. */
  readonly category: string;
  readonly timezone: string;
}

interface HeadColumn extends AnswerColumn {
  cell(facts: RowFacts): Cell;
  /** Left out where no row has anything in it. */
  readonly ifAny?: true;
}

const column = (heading: string, width: number, cell: HeadColumn['cell']): HeadColumn => ({ heading, width, cell });

const inZone = (name: string, width: number, timezone: string, instant: (head: SubmissionHead) => string | undefined) =>
  column(`${name}（${timezone}）`, width, ({ head }) => {
    const at = instant(head);
    return at === undefined ? undefined : localTime(at, timezone);
  });

const submissionNo = column('申报编号', 30, ({ head }) => head.submissionId);
const unit = column('申报单位', 30, ({ unitName }) => unitName);
const unitId = column('单位编号', 18, ({ head }) => head.unitId);
const category = column('类别', 24, (facts) => facts.category);
const version = column('通知版本', 10, ({ head }) => head.callVersion);
const attachments = column('附件数', 9, ({ head }) => head.attachmentCount);

/** The columns that stand before the answers: of what was submitted, or of drafts, whose answers nobody sees. */
export const headColumns = (status: 'draft' | 'submitted', timezone: string): readonly HeadColumn[] =>
  status === 'submitted'
    ? [
        { ...column('受理编号', 10, ({ acceptanceNo }) => acceptanceNo), ifAny: true },
        column('回执编号', 30, ({ head }) => head.receiptNo),
        unit,
        {
          ...column('联合申报单位', 30, ({ partners }) =>
            partners.length === 0 ? undefined : partners.map(({ name }) => name).join('；'),
          ),
          ifAny: true,
        },
        unitId,
        category,
        inZone('提交时间', 26, timezone, ({ submittedAt }) => submittedAt),
        version,
        attachments,
        { ...inZone('发现恶意程序', 26, timezone, ({ malwareFoundAt }) => malwareFoundAt), ifAny: true },
        submissionNo,
      ]
    : [
        submissionNo,
        unit,
        unitId,
        category,
        column('已填项数', 10, ({ head }) => head.answered),
        attachments,
        inZone('开始填报时间', 26, timezone, ({ createdAt }) => createdAt),
        inZone('最后修改时间', 26, timezone, ({ updatedAt }) => updatedAt),
        version,
      ];
