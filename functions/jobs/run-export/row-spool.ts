import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import type { Answers } from '#shared/domain/form/definition.ts';
import { jsonLine } from '#shared/files/json-line.ts';
import { type TextFile, textFile } from '#shared/files/text-file.ts';

const Spooled = z.object({
  version: z.int(),
  facts: z.array(z.union([z.string(), z.number(), z.null()])),
  answers: z.custom<Answers>((value) => typeof value === 'object' && value !== null).optional(),
});

/** A row before its columns are known: they depend on which versions occur. */
export interface SpooledRow {
  readonly version: number;
  readonly facts: readonly (string | number | undefined)[];
  readonly answers?: Answers | undefined;
}

interface Spool {
  readonly file: TextFile;
  readonly versions: Set<number>;
  /** Whether any row has something in the fact at that place. */
  readonly filled: boolean[];
  rows: number;
}

/** Rows by category on the disk, read again once all are there. */
export const rowSpool = (directory: string) => {
  const spools = new Map<string, Spool>();
  const spoolOf = (category: string): Spool => {
    const path = join(directory, `rows-${spools.size + 1}.ndjson`);
    const spool = spools.get(category) ?? { file: textFile(path), versions: new Set(), filled: [], rows: 0 };
    spools.set(category, spool);
    return spool;
  };
  return {
    add(category: string, row: SpooledRow): void {
      const spool = spoolOf(category);
      spool.rows += 1;
      spool.versions.add(row.version);
      for (const [place, fact] of row.facts.entries()) if (fact !== undefined) spool.filled[place] = true;
      spool.file.append(jsonLine({ ...row, facts: row.facts.map((fact) => fact ?? null) }));
    },

    /** Ends the writing. @returns what there is by category, in the order in which they came up */
    end(): ReadonlyMap<string, Readonly<Omit<Spool, 'file'>>> {
      for (const { file } of spools.values()) file.close();
      return spools;
    },

    /** The rows of a category in their order. */
    async *rows(category: string): AsyncGenerator<SpooledRow> {
      const spool = spools.get(category);
      if (spool === undefined) return;
      const lines = createInterface({ input: createReadStream(spool.file.path), crlfDelay: Number.POSITIVE_INFINITY });
      for await (const line of lines) {
        const { version, facts, answers } = Spooled.parse(JSON.parse(line));
        yield { version, facts: facts.map((fact) => fact ?? undefined), answers };
      }
    },
  };
};
