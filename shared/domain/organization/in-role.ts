/** Ids of the organisations somebody has this role in, in the order of their memberships. */
export const inRole = <Role extends string>(
  memberships: readonly { readonly organizationId: string; readonly role: Role }[],
  asked: Role,
): string[] => memberships.flatMap(({ organizationId, role }) => (role === asked ? organizationId : []));
