import { EXAMPLE_CALL_ID } from './seed/example-call.ts';
import type { StackRecord } from './stack/stack-file.ts';

/** Commands to paste, each one going on from those before it. */
export const nextSteps = ({ url, mailsUrl }: Pick<StackRecord, 'url' | 'mailsUrl'>): string => `
What is open, and what its forms ask for:
  curl ${url}/calls?status=open
  curl ${url}/calls/${EXAMPLE_CALL_ID}/categories/1/form

Apply as the secretary of 常德市化学学会 (others: secretary-2, secretary-3; officer is the organiser's):
  TOKEN=$(npm run -s token -- secretary)
  curl -X POST ${url}/calls/${EXAMPLE_CALL_ID}/submissions -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' -d '{"category":"1"}'
  curl ${url}/submissions -H "authorization: Bearer $TOKEN"

The mails it has sent: ${mailsUrl}
The API in full: ${url}/docs
`;
