import { saveCall } from '#shared/contract/calls.ts';
import { takeApart } from '#shared/data/call-content.ts';
import { checkDefinition } from '#shared/domain/call/check-definition.ts';
import { parseLocatedYaml } from '#shared/domain/call/parse-yaml.ts';
import type { Fault } from '#shared/domain/fault.ts';
import { InvalidRequest } from '#shared/domain/invalid-request.ts';

export interface Finding {
  readonly level: 'error' | 'warning';
  readonly fault: Fault;
}

const found = (level: Finding['level'], faults: readonly Fault[]): Finding[] =>
  faults.map((fault) => ({ level, fault }));

/** Parts that are right and yet too large to be kept. */
const oversized = ({ definition }: ReturnType<typeof checkDefinition>): readonly Fault[] =>
  definition === undefined ? [] : (takeApart(definition).faults ?? []);

/** All that a save would find in this text by itself, JSON being YAML too; what only the saved calls tell (whose it is, what is in use) is found there. */
export const findingsIn = (text: string): Finding[] => {
  const { bodyLimit } = saveCall;
  if (Buffer.byteLength(text) > bodyLimit) {
    return found('error', [{ path: '', code: 'TOO_LARGE', params: { limit: bodyLimit } }]);
  }
  try {
    const { value, locate } = parseLocatedYaml(text);
    const checked = checkDefinition(value);
    return [
      ...found('error', locate([...checked.faults, ...oversized(checked)])),
      ...found('warning', locate(checked.warnings)),
    ];
  } catch (error) {
    if (error instanceof InvalidRequest) return found('error', error.faults);
    throw error;
  }
};
