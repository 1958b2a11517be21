/** The deadlines of a call's head: its own, and the latest that was granted to anybody. Instants. */
export interface HeadDeadlines {
  readonly closesAt: string;
  readonly lastClosesAt?: string | undefined;
}

/** The latest deadline at any scope, an instant: what is received before it is what a seal holds. */
export const latestDeadline = ({ closesAt, lastClosesAt = closesAt }: HeadDeadlines): string =>
  lastClosesAt > closesAt ? lastClosesAt : closesAt;

/** Whether all that was received is sealed: before that, and while anybody may still submit, nothing is deleted. */
export const isSealed = ({
  seal,
  ...head
}: HeadDeadlines & { readonly seal?: { readonly through: string } | undefined }): boolean =>
  seal !== undefined && seal.through >= latestDeadline(head);
