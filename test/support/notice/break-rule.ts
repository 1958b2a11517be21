import { Problem } from '#shared/contract/problem.ts';
import { sha256 } from '#test/support/client.ts';
import type { Desk } from './desk.ts';
import type { NoticeWorld } from './notice-world.ts';
import type { Breach, RecordChange } from './trial.ts';

/** A category's unit with a draft in which everything is right. */
export interface Stand {
  readonly unit: { readonly name: string; readonly record: RecordChange };
  readonly desk: Desk;
  /** As they are kept. */
  readonly answers: Readonly<Record<string, unknown>>;
  /** Ids of those who consented. */
  readonly partners: readonly string[];
}

const problemOf = (outcome: object): Problem => {
  if ('errors' in outcome) return Problem.parse(outcome);
  throw new Error(`It was not refused: ${JSON.stringify(outcome).slice(0, 300)}`);
};

const announced = async (
  { applicant }: NoticeWorld,
  { desk }: Stand,
  { announce: material, filename = '申报材料.pdf', size = 1_000, after = 0 }: Extract<Breach, { announce: string }>,
): Promise<Problem> => {
  const send = async (number: number) => {
    const json = { material, filename, size, contentType: 'application/pdf', sha256: sha256(`${number}`) };
    return applicant.send('POST', `${desk.path}/attachments`, { json });
  };
  const present = (await desk.read()).attachments.filter((file) => file.material === material).length;
  for (let number = present; number < after; number += 1) {
    const { status, text } = await send(number);
    if (status !== 201) throw new Error(`File ${number + 1} was answered with ${status}: ${text}`);
  }
  const { text } = await send(after);
  const { attachments } = await desk.read();
  for (const { attachmentId } of attachments.filter(({ state }) => state === 'expected')) {
    await applicant.send('DELETE', `${desk.path}/attachments/${attachmentId}`);
  }
  return problemOf(JSON.parse(text));
};

/** Makes the units that are to be partners, the first of them with another record where it is asked for. */
export const makePartners = async (
  world: NoticeWorld,
  count: number,
  record: RecordChange,
  ofFirst: RecordChange = {},
): Promise<string[]> => {
  const units: string[] = [];
  for (let place = 0; place < count; place += 1) {
    units.push(await world.unit(`partner-${place}`, place === 0 ? { ...record, ...ofFirst } : record, 'partner'));
  }
  return units;
};

const withPartners = async (
  world: NoticeWorld,
  { desk, partners }: Stand,
  { partners: count, consent = true, record = {} }: Extract<Breach, { partners: number }>,
  usual: RecordChange,
): Promise<Problem> => {
  try {
    const units = await makePartners(world, count, usual, record);
    const refused = await desk.name(units);
    if (refused !== undefined) return refused;
    if (consent) for (const unit of units) await desk.consent(unit);
    return problemOf(await desk.submit());
  } finally {
    await makePartners(world, Math.min(count, 1), usual);
    await desk.name(partners);
    for (const unit of partners) await desk.consent(unit);
  }
};

const withAnswers = async ({ desk, answers }: Stand, change: object): Promise<Problem> => {
  try {
    return (await desk.save({ ...answers, ...change })) ?? problemOf(await desk.submit());
  } finally {
    await desk.save(answers);
  }
};

const withoutMaterial = async ({ desk }: Stand, material: string): Promise<Problem> => {
  await desk.detach(material);
  try {
    return problemOf(await desk.submit());
  } finally {
    await desk.attach(material);
  }
};

const withRecord = async (world: NoticeWorld, { unit, desk }: Stand, record: RecordChange): Promise<Problem> => {
  await world.unit(unit.name, { ...unit.record, ...record }, 'applicant');
  try {
    return problemOf(await desk.submit());
  } finally {
    await world.unit(unit.name, unit.record, 'applicant');
  }
};

/**
 * Breaks one rule of a draft in which all else is right, where it bites: while it is saved, announced or named, or else at its submit. Puts it right again.
 *
 * @param partner the record of a unit that may be a partner
 * @returns the refusal
 * @throws Error where nothing was refused
 */
export const breakRule = async (
  world: NoticeWorld,
  stand: Stand,
  breach: Breach,
  partner: RecordChange,
): Promise<Problem> => {
  if ('answers' in breach) return withAnswers(stand, breach.answers);
  if ('record' in breach && !('partners' in breach)) return withRecord(world, stand, breach.record);
  if ('without' in breach) return withoutMaterial(stand, breach.without);
  if ('announce' in breach) return announced(world, stand, breach);
  return withPartners(world, stand, breach, partner);
};
