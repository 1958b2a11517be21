import type { Operation } from '#shared/contract/operation.ts';
import { OPERATIONS, type OperationId, type Resource } from '#shared/contract/operations.ts';
import { JOBS, type JobId } from './jobs.ts';

const isJobId = (id: string): id is JobId => Object.hasOwn(JOBS, id);

/** Functions that a schedule, an event, a stream or a queue starts. */
export const JOB_IDS: readonly JobId[] = Object.keys(JOBS).filter(isJobId);

/** Every function: one per operation and job, and one for all static answers. */
export type FunctionId = OperationId | JobId | 'site';

/** One operation where the infrastructure meets it. */
export interface RoutedOperation {
  readonly id: OperationId;
  readonly operation: Operation;
}

const isOperationId = (operations: object, id: string): id is OperationId => Object.hasOwn(operations, id);

/** The operations of a resource, in the contract's order. */
export const operationsOf = (resource: Resource): RoutedOperation[] => {
  const operations: Record<string, Operation> = OPERATIONS[resource];
  return Object.entries(operations).flatMap(([id, operation]) =>
    isOperationId(operations, id) ? [{ id, operation }] : [],
  );
};

const isResource = (name: string): name is Resource => Object.hasOwn(OPERATIONS, name);

export const RESOURCES: readonly Resource[] = Object.keys(OPERATIONS).filter(isResource);

const toKebabCase = (id: string): string => id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** A function's folder below functions/: the resource's or `jobs`, and its id in kebab case. */
export type FunctionFolder = `${string}/${string}`;

export const folderOf = (group: Resource | 'jobs' | 'site', id: FunctionId): FunctionFolder =>
  `${group}/${toKebabCase(id)}`;

/** The folders of all functions. */
export const FUNCTION_FOLDERS: readonly FunctionFolder[] = [
  ...RESOURCES.flatMap((resource) => operationsOf(resource).map(({ id }) => folderOf(resource, id))),
  ...JOB_IDS.map((job) => folderOf('jobs', job)),
  folderOf('site', 'site'),
];
