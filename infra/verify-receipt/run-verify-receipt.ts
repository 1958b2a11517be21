import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CannotStart } from '../local/cannot-start.ts';
import { type Evidence, evidenceIn } from './evidence.ts';
import { CHECKS, type Check, type Findings, findingsOf, type Outcome } from './findings.ts';

const USAGE = [
  'npm run verify-receipt -- RECEIPT.json CONFIRMATION.json MANIFEST.json [JWKS.json]',
  '回执（/submissions/…/receipt）、核验结果（/receipts/…）、封存清单（/calls/…/seals/…）、公钥（/.well-known/jwks.json），先后不论。',
  'The receipt, its confirmation, the manifest of the seal and the public keys, in any order.',
].join('\n');

/** What is said of each check: where it holds, and where it does not. */
const SENTENCES: Readonly<Record<Check, { holds: [zh: string, en: string]; fails: [zh: string, en: string] }>> = {
  receiptDigest: {
    holds: ['回执内容与其摘要一致', 'the receipt is what its digest says'],
    fails: ['回执内容与其摘要不符，内容被改动过', 'the receipt is not what its digest says: it was changed'],
  },
  receiptSignature: {
    holds: ['回执的签名有效', 'the receipt is signed'],
    fails: ['回执的签名无效', "the receipt's signature is not valid"],
  },
  confirmation: {
    holds: ['核验结果说的就是这份回执', 'the confirmation is of this receipt'],
    fails: ['核验结果说的不是这份回执', 'the confirmation is of another receipt'],
  },
  line: {
    holds: ['名册中的这一行就是这份回执', 'the line of the roster is this receipt'],
    fails: ['名册中的这一行不是这份回执', 'the line of the roster is not this receipt'],
  },
  path: {
    holds: [
      '这一行在封存的名册里（默克尔路径通到根）',
      "the line is in the sealed roster: its path leads to the manifest's root",
    ],
    fails: [
      '这一行不在封存的名册里（默克尔路径不通）',
      "the line is not in the sealed roster: its path misses the manifest's root",
    ],
  },
  seal: {
    holds: ['清单是这一次封存的清单', 'the manifest is of the seal that the confirmation names'],
    fails: ['清单不是这一次封存的清单', 'the manifest is of another seal'],
  },
  manifest: {
    holds: ['清单自身一致', 'the manifest agrees with itself'],
    fails: ['清单自相矛盾，内容被改动过', 'the manifest contradicts itself: it was changed'],
  },
  manifestSignature: {
    holds: ['清单的签名有效', 'the manifest is signed'],
    fails: ['清单的签名无效', "the manifest's signature is not valid"],
  },
};

const UNCHECKED: readonly [zh: string, en: string] = ['未检验：缺少文件', 'not checked: a file is missing'];

const MARKS: Readonly<Record<Outcome, string>> = { holds: '✓', fails: '✗', unchecked: '–' };

const lineOf = (check: Check, found: Outcome): string => {
  const { holds, fails } = SENTENCES[check];
  const [zh, en] = found === 'fails' ? fails : holds;
  if (found === 'unchecked') return `${MARKS.unchecked} ${UNCHECKED[0]}（${zh}）/ ${UNCHECKED[1]} (${en})`;
  return `${MARKS[found]} ${zh} / ${en}`;
};

const read = (file: string): Evidence => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new CannotStart(`${resolve(file)} 读不到 / cannot be read`, { cause });
  }
  const evidence = evidenceIn(text);
  if (evidence === undefined)
    throw new CannotStart(
      `${resolve(file)} 不是回执、核验结果、封存清单或公钥 / is no receipt, confirmation, manifest or key set\n${USAGE}`,
    );
  return evidence;
};

const conclusionOf = ({ confirmation }: Evidence, findings: Findings): { line: string; exitCode: 0 | 1 } => {
  if (CHECKS.some((check) => findings[check] === 'fails'))
    return { line: '结论：有不符之处，不能采信 / Conclusion: something does not hold; do not rely on it', exitCode: 1 };
  if (findings.path !== 'holds')
    return {
      line: '结论：已检验的都成立，但未检验是否在封存的名册里 / Conclusion: all that was checked holds; whether it was sealed was not checked',
      exitCode: 0,
    };
  const { acceptanceNo, seal } = confirmation?.membership ?? {};
  if (findings.manifestSignature !== 'holds')
    return {
      line: `结论：若清单属实，这份申报已封存，受理编号 ${acceptanceNo}（第 ${seal?.number} 次封存）；清单的签名未检验 / Conclusion: if the manifest is genuine, it is sealed, as number ${acceptanceNo} (seal ${seal?.number}); the manifest's signature was not checked`,
      exitCode: 0,
    };
  return {
    line: `结论：这份申报已封存，受理编号 ${acceptanceNo}（第 ${seal?.number} 次封存）/ Conclusion: it is sealed, as number ${acceptanceNo} (seal ${seal?.number})`,
    exitCode: 0,
  };
};

/**
 * Says what of the files holds and what does not: 0 where all that was checked holds, 1 otherwise.
 *
 * @throws CannotStart for files that cannot be read or are something else
 */
export const runVerifyReceipt = (files: readonly string[]): { lines: string[]; exitCode: 0 | 1 } => {
  if (files.length === 0) throw new CannotStart(USAGE);
  const evidence: Evidence = Object.assign({}, ...files.map(read));
  if (evidence.receipt === undefined && evidence.confirmation === undefined) throw new CannotStart(USAGE);
  const findings = findingsOf(evidence);
  const { line, exitCode } = conclusionOf(evidence, findings);
  const withdrawnAt = evidence.confirmation?.withdrawnAt ?? evidence.receipt?.withdrawnAt;
  const withdrawn =
    withdrawnAt === undefined
      ? []
      : [`! 这份申报已于 ${withdrawnAt} 撤回 / This submission was withdrawn at ${withdrawnAt}`];
  return { lines: [...CHECKS.map((check) => lineOf(check, findings[check])), ...withdrawn, line], exitCode };
};
