import { wishesOf } from './accept-list.ts';

/** Whether Accept asks for a page: it names text/html, as browsers do, and JSON not before it. Whoever names neither gets JSON. */
export const prefersPage = (accept: string | undefined): boolean =>
  wishesOf(accept).find(({ value }) => value === 'text/html' || value === 'application/json')?.value === 'text/html';
