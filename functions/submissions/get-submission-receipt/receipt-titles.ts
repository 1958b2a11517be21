import type { Receipt } from '#shared/contract/receipts.ts';
import type { CallsRepository } from '#shared/data/calls-repository.ts';
import type { OrganizationsRepository } from '#shared/data/organizations-repository.ts';
import { findCategory } from '#shared/domain/call/category-tree.ts';

/** What people call the things that a receipt names by id. */
export interface ReceiptTitles {
  readonly call: string;
  readonly documentNumber: string;
  readonly organiser: string;
  readonly unit: string;
  /** From the top of the call's tree down to the category itself. */
  readonly category: readonly string[];
  /** By key. */
  readonly materials: ReadonlyMap<string, string>;
}

/** The words of the version of the call that was submitted to, and today's names of the organisations; an id where there is none any more. */
export const receiptTitles = async (
  {
    calls,
    organizations,
  }: {
    calls: Pick<CallsRepository, 'version' | 'definition'>;
    organizations: Pick<OrganizationsRepository, 'findAll'>;
  },
  { callId, callVersion, category, unitId }: Receipt,
): Promise<ReceiptTitles> => {
  const version = await calls.version(callId, callVersion);
  if (version === undefined) throw new Error(`Call ${callId} has no version ${callVersion}`);
  const definition = await calls.definition(callId, version.content.digest);
  const found = await organizations.findAll([...new Set([unitId, definition.organiser])]);
  const nameOf = (id: string): string => found.find(({ organizationId }) => organizationId === id)?.name ?? id;
  const place = findCategory(definition.categories, category);
  return {
    call: definition.title,
    documentNumber: definition.documentNumber,
    organiser: nameOf(definition.organiser),
    unit: nameOf(unitId),
    category: place?.path.map(({ title }) => title) ?? [],
    materials: new Map(place?.category.materials.map(({ key, title }) => [key, title])),
  };
};
