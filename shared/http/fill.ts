/** A sentence of a catalogue with its parameters: `{name}` stands for one, and a dash where there is none of that name. */
export const fill = (sentence: string, params: Readonly<Record<string, string | number>>): string =>
  sentence.replace(/\{([a-zA-Z]+)\}/g, (_, name: string) => (Object.hasOwn(params, name) ? String(params[name]) : '—'));
