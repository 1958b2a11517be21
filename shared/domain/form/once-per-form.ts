import type { FormDefinition } from './definition.ts';

/** What is made of a form for all that check answers to it: a version's form never changes and every submit walks it, so it is made once per instance. */
export const oncePerForm = <Made extends object>(
  make: (form: FormDefinition) => Made,
): ((form: FormDefinition) => Made) => {
  const kept = new WeakMap<FormDefinition, Made>();
  return (form) => {
    const known = kept.get(form);
    if (known !== undefined) return known;
    const made = make(form);
    kept.set(form, made);
    return made;
  };
};
