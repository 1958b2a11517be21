/** What is probably wrong where YAML cannot be read, as `of` among the figures of `SYNTAX`; the sentence is shared/http/yaml-mistakes.ts. */
export const YAML_MISTAKE_KINDS = [
  'tab',
  'indent',
  'bracket',
  'quote',
  'pair',
  'nested',
  'start',
  'escape',
  'sign',
  'document',
  'tag',
] as const;
export type YamlMistake = (typeof YAML_MISTAKE_KINDS)[number];
