/** The clause of the notice a rule comes from, where one is known: to be spread into what names it. */
export const clauseIn = (clause: string | undefined): { readonly clause?: string } =>
  clause === undefined ? {} : { clause };
