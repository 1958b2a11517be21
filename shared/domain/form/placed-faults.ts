import { clauseIn } from '#shared/domain/clause.ts';
import { at, type Fault } from '#shared/domain/fault.ts';
import { FaultList } from '#shared/domain/fault-list.ts';
import type { Field, ScalarField, TableField } from './definition.ts';

/** Where the faults of a field or column lie, and what is told with each of them. */
export interface Place {
  /** A cell's path depends on its row. */
  readonly path: (row: number) => string;
  readonly label: string;
  readonly clause?: string | undefined;
}

export const fieldPlace = ({ key, label, clause }: Pick<Field, 'key' | 'label' | 'clause'>): Place => ({
  path: () => key,
  label,
  clause,
});

export const rowPlace = ({ key, label, clause }: TableField): Place => ({ path: (row) => at(key, row), label, clause });

export const cellPlace = ({ key, clause }: TableField, column: ScalarField): Place => ({
  path: (row) => at(key, row, column.key),
  label: column.label,
  clause,
});

const NOWHERE: Place = { path: () => '', label: '' };

/**
 * Collects faults at the place it was turned to last. Answers seldom have any, so that a whole check shares one and turns it from field to field: to make
 * something for every field would cost more than to check it.
 */
export class PlacedFaults extends FaultList {
  #place = NOWHERE;
  #row = 0;

  turnTo(place: Place, row = 0): void {
    this.#place = place;
    this.#row = row;
  }

  report(code: Fault['code'], params?: Fault['params']): void {
    const { path, label, clause } = this.#place;
    this.add({
      path: path(this.#row),
      code,
      params: { label, ...params },
      ...clauseIn(clause),
    });
  }
}
