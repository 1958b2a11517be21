import { expect, it } from 'vitest';
import { getEligibility } from '#functions/calls/get-eligibility/get-eligibility.ts';
import { callHead } from '#test/support/calls.ts';
import { httpEvent, lambdaContext } from '#test/support/http-event.ts';

const notAsked = () => Promise.reject(new Error('This is not asked for.'));

/** Asks as somebody who acts for no unit. */
const ask = (head: ReturnType<typeof callHead> | undefined) =>
  getEligibility({
    calls: { head: async () => head, version: notAsked, definition: notAsked, category: notAsked, form: notAsked },
    deadlines: { grantedToUnit: notAsked },
    memberships: { ofSubject: async () => [] },
    organizations: { find: notAsked },
    tallies: { countsOfUnit: notAsked },
  })(httpEvent({ routeKey: 'GET /calls/{callId}/eligibility', pathParameters: { callId: 'call-1' } }), lambdaContext());

it('tells whoever acts for no unit nothing of a call that is not published: it answers as of none', async () => {
  const unpublished = await ask(callHead({ publishedVersion: undefined, publishedContent: undefined }));
  expect(unpublished).toMatchObject({ statusCode: 404 });
  expect(unpublished).toEqual(await ask(undefined));
});
