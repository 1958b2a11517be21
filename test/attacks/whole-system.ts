import { inject } from 'vitest';
import * as z from 'zod';
import { type FunctionFolder, type FunctionId, folderOf, JOB_IDS, operationsOf, RESOURCES } from '#infra/functions.ts';
import type { JobId } from '#infra/jobs.ts';
import type { Operation } from '#shared/contract/operation.ts';
import type { OperationId } from '#shared/contract/operations.ts';
import { ALL_ACCESS, environmentOf, type ServiceUrls, urlsOf } from '#test/support/function-environment.ts';
import { lambdaContext } from '#test/support/http-event.ts';
import { forgetEnvironment, stubEnvironment } from '#test/support/stubbed-environment.ts';
import type { Stores } from '#test/support/world-stores.ts';

type Handler = (event: unknown, context: ReturnType<typeof lambdaContext>) => Promise<unknown>;

const HandlerModule = z.object({ handler: z.custom<Handler>((value) => typeof value === 'function') });

/** An operation of the contract and the function behind it. */
export interface AttackedOperation {
  readonly id: OperationId;
  readonly operation: Operation;
  readonly folder: FunctionFolder;
}

export const ATTACKED: readonly AttackedOperation[] = RESOURCES.flatMap((resource) =>
  operationsOf(resource).map(({ id, operation }) => ({ id, operation, folder: folderOf(resource, id) })),
);

/** Every function's own handler.ts in one process: rights are the contract tests' concern, here each may reach all stores. */
export interface WholeSystem {
  /** Hands a function its event, with `remainingMs` of its time left. */
  invoke(id: OperationId | JobId, event: unknown, remainingMs?: number): Promise<unknown>;
  /** To be called in the end, since files share a worker's environment and modules. */
  remove(): void;
}

/** Loads all functions once, with the environment of all of them together. Services are those of the stores where nothing else is said. */
export const loadWholeSystem = async (stores: Stores, elsewhere: Partial<ServiceUrls> = {}): Promise<WholeSystem> => {
  const urls = { ...urlsOf(stores, inject('dynamoDbUrl')), ...elsewhere };
  stubEnvironment(environmentOf(ALL_ACCESS, stores, urls));

  const folders: readonly (readonly [FunctionId, FunctionFolder])[] = [
    ...ATTACKED.map(({ id, folder }) => [id, folder] as const),
    ...JOB_IDS.map((id) => [id, folderOf('jobs', id)] as const),
  ];
  const handlers = new Map<string, Handler>();
  for (const [id, folder] of folders) {
    const file = new URL(`../../functions/${folder}/handler.ts`, import.meta.url);
    handlers.set(id, HandlerModule.parse(await import(file.href)).handler);
  }
  return {
    invoke: (id, event, remainingMs = 20_000) => {
      const handler = handlers.get(id);
      if (handler === undefined) throw new Error(`No function ${id} was loaded.`);
      return handler(event, lambdaContext(remainingMs));
    },
    remove: forgetEnvironment,
  };
};
