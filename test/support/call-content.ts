import { type CallContent, takeApart } from '#shared/data/call-content.ts';
import type { CallDefinition } from '#shared/domain/call/definition.ts';

/** The parts of a definition that is known to be small enough. */
export const contentOf = (definition: CallDefinition): CallContent => {
  const { content, faults } = takeApart(definition);
  if (content === undefined) throw new Error(`The definition is too large: ${JSON.stringify(faults)}`);
  return content;
};
