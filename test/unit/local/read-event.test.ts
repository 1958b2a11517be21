import { describe, expect, it } from 'vitest';
import { readEvent, replaceParts } from '#infra/local/invoke/read-event.ts';

const EVENT = { version: '2.0', pathParameters: { submissionId: 'a' }, requestContext: { timeEpoch: 1 } };

describe('reading an event', () => {
  it('finds it by its name in events/, and by its path', () => {
    const byName = readEvent('submissions/submit-submission');
    expect(byName).toMatchObject({ routeKey: 'POST /submissions/{submissionId}/submit' });
    expect(readEvent('events/submissions/submit-submission.json')).toEqual(byName);
  });

  it('says in one line what to do about a name that nothing has', () => {
    expect(() => readEvent('submissions/nothing')).toThrow(/^There is no event "submissions\/nothing": name one .+$/);
    expect(() => readEvent('events/README.md')).toThrow('The event "events/README.md" is no JSON.');
  });
});

describe('replacing parts', () => {
  it('keeps text text, and leaves the event itself as it was', () => {
    const changed = replaceParts(EVENT, ['pathParameters.submissionId=42=']);
    expect(changed).toEqual({ ...EVENT, pathParameters: { submissionId: '42=' } });
    expect(EVENT.pathParameters.submissionId).toBe('a');
  });

  it('reads JSON where there was something else than text', () => {
    expect(replaceParts(EVENT, ['requestContext.timeEpoch=5'])).toMatchObject({ requestContext: { timeEpoch: 5 } });
    expect(() => replaceParts(EVENT, ['requestContext.timeEpoch=soon'])).toThrow(
      'requestContext.timeEpoch is no text: give JSON instead of soon.',
    );
  });

  it('adds what was not there', () => {
    expect(replaceParts(EVENT, ['headers.if-match="1"', 'queryStringParameters.limit=2'])).toEqual({
      ...EVENT,
      headers: { 'if-match': '"1"' },
      queryStringParameters: { limit: '2' },
    });
  });

  it('refuses what is not written PATH=VALUE, or leads into text', () => {
    expect(() => replaceParts(EVENT, ['pathParameters'])).toThrow('--set takes PATH=VALUE');
    expect(() => replaceParts(EVENT, ['version.major=2'])).toThrow('The event has no version.major');
  });
});
