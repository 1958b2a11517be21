import type * as z from 'zod';
import { getEligibility } from '#shared/contract/eligibility.ts';
import type { CallDefinition } from '#shared/domain/call/definition.ts';
import { jointOf } from '#shared/domain/eligibility/judge-partners.ts';
import { makePartners, type Stand } from './break-rule.ts';
import { type Desk, openDesk } from './desk.ts';
import type { NoticeWorld } from './notice-world.ts';
import type { RecordChange } from './trial.ts';
import type { TriedCategory } from './tried-call.ts';

type Told = z.output<typeof getEligibility.reply>['categories'][number];

/** What units do with a call: prepare drafts, ask where they may apply. */
export interface Office {
  readonly world: NoticeWorld;
  /** A new draft of a unit with right answers, every needed file and, where partners are needed, their consent. */
  readonly readyDesk: (category: TriedCategory, unitId: string) => Promise<Desk>;
  /** The draft on which the rules of a category are tried: the same each time. */
  readonly standOf: (category: TriedCategory) => Promise<Stand>;
  readonly eligibility: (unitId: string, code: string) => Promise<Told>;
  /** Partners that consented to a draft of this category: as few as it needs, and `atLeast` so many where it takes any. */
  readonly addPartners: (category: TriedCategory, desk: Desk, atLeast: number) => Promise<readonly string[]>;
}

export const openOffice = (world: NoticeWorld, call: CallDefinition, partner: RecordChange): Office => {
  const stands = new Map<string, Stand>();

  const addPartners: Office['addPartners'] = async ({ category }, desk, atLeast) => {
    const joint = jointOf(call, category);
    if (joint?.allowed !== true) return [];
    const units = await makePartners(world, Math.max(atLeast, joint.minPartners), partner);
    const refused = await desk.name(units);
    if (refused !== undefined) throw new Error(`Partners were refused: ${JSON.stringify(refused.errors)}`);
    for (const unit of units) await desk.consent(unit);
    return units;
  };

  const readyDesk: Office['readyDesk'] = async (category, unitId) => {
    const desk = await openDesk(world, unitId, category.code, category.right[0]?.answers ?? {});
    for (const material of category.needed) await desk.attach(material);
    await addPartners(category, desk, 0);
    return desk;
  };

  return {
    world,
    readyDesk,
    addPartners,
    standOf: async (category) => {
      const { code, record } = category;
      const known = stands.get(code);
      if (known !== undefined) return known;
      const desk = await readyDesk(category, await world.unit(code, record, 'applicant'));
      const { answers = {}, partners } = await desk.read();
      const stand = { unit: { name: code, record }, desk, answers, partners: partners.map(({ unitId }) => unitId) };
      stands.set(code, stand);
      return stand;
    },
    eligibility: async (unitId, category) => {
      const query = new URLSearchParams({ unitId, category });
      const { body } = await world.applicant.read(
        getEligibility.reply,
        200,
        'GET',
        `${world.path}/eligibility?${query}`,
      );
      const [only] = body.categories;
      if (only === undefined) throw new Error(`Nothing was told of ${category}.`);
      return only;
    },
  };
};
