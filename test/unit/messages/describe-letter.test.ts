import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeLetter } from '#infra/dead-letters/describe-letter.ts';
import { kindOfLetter } from '#infra/dead-letters/letter-kind.ts';

const eventOf = (name: string): unknown => JSON.parse(readFileSync(`events/jobs/${name}.json`, 'utf8'));
const failedAt = (job: string, event: unknown) => ({
  version: '1.0',
  requestContext: { requestId: 'invocation-1', functionArn: `arn:aws:lambda:local:0:function:${job}:$LATEST` },
  requestPayload: event,
});
const listed = (letter: unknown): string => {
  const body = JSON.stringify(letter);
  const kind = kindOfLetter(body, (logicalId) => logicalId);
  return `${kind} ${describeLetter(kind, body)}`;
};
const KEY = 'submissions/draft0came0000000000000000/fdraft0came000000000000000';

describe('the list of dead letters', () => {
  it.each([
    ['an upload', eventOf('admit-attachment'), `jobs Object Created ${KEY}`],
    [
      'an upload that its job failed at',
      failedAt('admit', eventOf('admit-attachment')),
      `jobs admit invocation-1 Object Created ${KEY}`,
    ],
    [
      'a scan',
      eventOf('record-scan.threats-found'),
      `scans GuardDuty Malware Protection Object Scan Result ${KEY} THREATS_FOUND`,
    ],
    [
      'a scan that its job failed at',
      failedAt('record', eventOf('record-scan')),
      `scans record invocation-1 GuardDuty Malware Protection Object Scan Result ${KEY} NO_THREATS_FOUND`,
    ],
    ['a tick', {}, 'jobs a tick'],
    ['a tick that its job failed at', failedAt('advance', {}), 'jobs advance invocation-1 a tick'],
    [
      'records of a table without letters of its own',
      { DDBStreamBatchInfo: { streamArn: 'arn:aws:dynamodb:local:0:table/Other/stream/1' } },
      'jobs records of arn:aws:dynamodb:local:0:table/Other/stream/1',
    ],
    ['anything else', { secret: '203.0.113.24' }, 'jobs what this program does not know'],
    ['no object', '203.0.113.24', 'jobs what this program does not know'],
  ])('says of %s what it is about', (_, letter, line) => {
    expect(listed(letter)).toBe(line);
  });

  it('has nobody’s address', () => {
    const upload = eventOf('admit-attachment');
    expect(JSON.stringify(upload)).toContain('203.0.113.24');
    for (const letter of [upload, failedAt('admit', upload)]) expect(listed(letter)).not.toContain('203.0.113.24');
  });
});
