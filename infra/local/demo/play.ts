import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { Call, getCallVersion, getForm, listCalls, SavedCall } from '#shared/contract/calls.ts';
import { checkReceipt } from '#shared/contract/check-receipt.ts';
import { getProgress } from '#shared/contract/progress.ts';
import { Receipt } from '#shared/contract/receipts.ts';
import {
  createSubmission,
  listCallSubmissions,
  SubmissionHead,
  saveAnswers,
  validateSubmission,
} from '#shared/contract/submissions.ts';
import { getTimeline } from '#shared/contract/timeline.ts';
import { EXAMPLE_CALL_ID, exampleAnswers } from '../seed/example-call.ts';
import type { Actor } from './actor.ts';
import { attachFile, pdf, waitForAdmission } from './attach-file.ts';
import type { Narrator } from './narrator.ts';

const CALL = `/calls/${EXAMPLE_CALL_ID}`;
const CATEGORY = '1';

export interface Cast {
  anyone: Actor;
  officer: Actor;
  secretary: Actor;
  otherSecretary: Actor;
}

/** 通知：公开的申报通知和申报书；写错的定义逐处指出。 */
export const showCall = async (
  { anyone, officer }: Cast,
  { scene, tell }: Narrator,
): Promise<z.output<typeof Call>> => {
  scene('申报通知已由市科协发布，任何人可查');
  const { items } = await anyone.ask(listCalls.reply, 200, 'GET', '/calls?status=open');
  for (const { documentNumber, title, closesText } of items) tell(`${documentNumber}《${title}》，截止 ${closesText}`);
  const form = await anyone.ask(getForm.reply, 200, 'GET', `${CALL}/categories/${CATEGORY}/form`);
  const fields = z.object({ properties: z.record(z.string(), z.unknown()) }).parse(form.schema).properties;
  tell(`类别 ${CATEGORY}「${form.title}」的申报书以 JSON Schema 给出，共 ${Object.keys(fields).length} 项`);
  const faulty = { title: '漏填的通知', organiser: 'changde-kexie', opens: '三月八日', surprise: true };
  tell(
    `市科协误传一份不完整的定义，逐处退回：${await officer.refused(422, 'VALIDATION_FAILED', 'PUT', '/calls/demo-faulty', faulty)}`,
  );
  return anyone.ask(Call, 200, 'GET', CALL);
};

/** 改版：存为新的一版，发布后代替原版。 */
export const publish = async ({ anyone, officer }: Cast, { scene, tell }: Narrator): Promise<void> => {
  scene('市科协改一处说明，存为新版并发布');
  const { definition } = await officer.ask(getCallVersion.reply, 200, 'GET', `${CALL}/versions/1`);
  const revised = { ...definition, paper: { copies: 4, text: 'A4纸打印，一式4份，加盖公章。' } };
  const saved = await officer.ask(SavedCall, 200, 'PUT', CALL, revised);
  tell(`存为第 ${saved.version} 版，尚未发布，申报单位看到的还是第 1 版`);
  await officer.ask(SavedCall, 200, 'POST', `${CALL}/publish`, { version: saved.version });
  const { version, closesText } = await anyone.ask(Call, 200, 'GET', CALL);
  tell(`发布后生效的是第 ${version} 版，截止时间不变：${closesText}`);
};

/** 填报：建草稿、保存、退回的保存。 */
export const fillIn = async ({ secretary }: Cast, { scene, tell }: Narrator): Promise<string> => {
  scene('市化学学会秘书填报');
  const draft = await secretary.ask(createSubmission.reply, 201, 'POST', `${CALL}/submissions`, { category: CATEGORY });
  const path = `/submissions/${draft.submissionId}`;
  tell(`建立草稿 ${draft.submissionId}`);
  const answers = exampleAnswers('party-building');
  tell(
    `不带 If-Match 的保存被拒：${await secretary.refused(428, 'PRECONDITION_REQUIRED', 'PUT', `${path}/answers`, answers)}`,
  );
  const etag = await secretary.etag(path);
  const wrong = { ...answers, partyMembers: '十二', unknownField: 1 };
  tell(
    `格式不对的保存被拒，原稿不动：${await secretary.refused(422, 'VALIDATION_FAILED', 'PUT', `${path}/answers`, wrong, { 'if-match': etag })}`,
  );
  const saved = await secretary.ask(saveAnswers.reply, 200, 'PUT', `${path}/answers`, answers, { 'if-match': etag });
  tell(`改正后保存成功，已填 ${saved.answered} 项`);
  return draft.submissionId;
};

/** 附件：直接上传到 S3，与声明不符的被拒。 */
export const attach = async ({ secretary }: Cast, { scene, tell }: Narrator, submissionId: string): Promise<void> => {
  scene('上传申报材料，文件直接进 S3');
  const path = `/submissions/${submissionId}`;
  const scan = { filename: '申报书（盖章）.pdf', bytes: pdf('signed'), method: 'POST' } as const;
  tell(`《${scan.filename}》以 POST 表单上传：${(await attachFile(secretary, submissionId, scan)).status}`);
  const copy = { filename: '申报书（电子版）.pdf', bytes: pdf('copy'), method: 'PUT' } as const;
  tell(`《${copy.filename}》以 PUT 上传：${(await attachFile(secretary, submissionId, copy)).status}`);
  const swapped = { filename: '调包.pdf', bytes: pdf('one'), sent: pdf('two'), method: 'PUT' } as const;
  const refused = await attachFile(secretary, submissionId, swapped);
  tell(`内容与声明的 SHA-256 不符，S3 拒收：${refused.status} ${refused.code ?? ''}`);
  await secretary.ask(z.undefined(), 204, 'DELETE', `${path}/attachments/${refused.attachmentId}`);
  const states = await waitForAdmission(secretary, submissionId);
  tell(
    `经核验：${Object.entries(states)
      .map(([filename, state]) => `《${filename}》${state}`)
      .join('，')}`,
  );
};

/** 提交、回执、撤回、再次提交。 */
export const submit = async (cast: Cast, { scene, tell }: Narrator, submissionId: string): Promise<string> => {
  scene('检查、提交、领取受理回执');
  const { anyone, secretary, otherSecretary, officer } = cast;
  const path = `/submissions/${submissionId}`;
  const check = await secretary.ask(validateSubmission.reply, 200, 'POST', `${path}/validate`);
  tell(`提交前检查：${check.ready ? '可以提交' : JSON.stringify(check.errors)}`);
  const receipt = await secretary.ask(Receipt, 200, 'POST', `${path}/submit`);
  tell(`提交成功，回执 ${receipt.receiptNo}，时间 ${receipt.submittedAt}`);
  const again = await secretary.ask(Receipt, 200, 'POST', `${path}/submit`);
  tell(`重复提交得到${again.receiptNo === receipt.receiptNo ? '同一' : '另一'}回执`);
  tell(`外单位查看：${await otherSecretary.refused(404, 'NOT_FOUND', 'GET', path)}`);

  await secretary.ask(SubmissionHead, 200, 'POST', `${path}/withdraw`);
  const withdrawn = await anyone.ask(checkReceipt.reply, 200, 'GET', `/receipts/${receipt.receiptNo}`);
  tell(`截止前撤回，原回执核验为 ${withdrawn.status}`);
  const renewed = await secretary.ask(Receipt, 200, 'POST', `${path}/submit`);
  tell(`再次提交，新回执 ${renewed.receiptNo}，与原回执${renewed.receiptNo === receipt.receiptNo ? '相同' : '不同'}`);
  const { items } = await officer.ask(listCallSubmissions.reply, 200, 'GET', `${CALL}/submissions?status=submitted`);
  tell(`市科协看到已提交 ${items.length} 项`);
  return renewed.receiptNo;
};

/** 另一单位留下一份没有提交的草稿。 */
export const leaveDraft = async ({ otherSecretary, officer }: Cast, { scene, tell }: Narrator): Promise<string> => {
  scene('市农学会也填好了，却一直没有提交');
  const body = { category: CATEGORY, answers: exampleAnswers('party-building') };
  const { submissionId } = await otherSecretary.ask(createSubmission.reply, 201, 'POST', `${CALL}/submissions`, body);
  tell(`草稿 ${submissionId}`);
  const { items, totals } = await officer.ask(
    getProgress.reply,
    200,
    'GET',
    `${CALL}/progress?show=drafts&totals=true`,
  );
  tell(`市科协看进度：已提交 ${totals?.submissions} 项，未提交的草稿 ${totals?.drafts} 份`);
  for (const { name, drafts } of items) {
    for (const { category, answered, fields } of drafts)
      tell(`${name}：类别 ${category} 填了 ${answered}/${fields} 项`);
  }
  return submissionId;
};

/** 截止：迟到的提交被拒，已受理的回执仍可取。 */
export const pass = async (
  { otherSecretary, secretary, anyone }: Cast,
  { scene, tell }: Narrator,
  late: { closesAt: string; draftId: string; submissionId: string; receiptNo: string },
): Promise<void> => {
  scene('到了截止时间');
  const left = Date.parse(late.closesAt) - Date.now();
  tell(`等到 ${late.closesAt}（还有 ${Math.ceil(left / 1_000)} 秒）……`);
  // A timer may fire a millisecond before its time.
  await sleep(Math.max(0, left) + 5);
  tell(
    `市农学会提交：${await otherSecretary.refused(409, 'CALL_CLOSED', 'POST', `/submissions/${late.draftId}/submit`)}`,
  );
  const retried = await secretary.ask(Receipt, 200, 'POST', `/submissions/${late.submissionId}/submit`);
  tell(`市化学学会截止后重试，仍得到${retried.receiptNo === late.receiptNo ? '原' : '另一'}回执`);
  const { status } = await anyone.ask(Call, 200, 'GET', CALL);
  tell(`通知的状态随时间成为 ${status}`);
};

/** 定时任务登记截止结果。 */
export const record = async ({ anyone, officer }: Cast, { scene, tell }: Narrator): Promise<void> => {
  scene('定时任务登记截止结果');
  tell('留 120 秒让截止前收到的请求办完，请稍候……');
  for (;;) {
    const { closing } = await anyone.ask(Call, 200, 'GET', CALL);
    if (closing) {
      const { recordedAt, submissions, units, drafts } = closing;
      tell(`${recordedAt} 登记：受理 ${submissions} 项，申报单位 ${units} 个，未提交的草稿 ${drafts} 份`);
      const { items, toCome } = await officer.ask(getTimeline.reply, 200, 'GET', `${CALL}/timeline`);
      for (const { atLocal, text } of items) tell(`${atLocal} ${text}`);
      for (const { text } of toCome) tell(`接下来：${text}`);
      return;
    }
    await sleep(1_000);
  }
};
