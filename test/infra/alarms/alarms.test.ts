import { describe, expect, it } from 'vitest';
import { JOB_IDS } from '#infra/functions.ts';
import { findStage } from '#infra/stage.ts';
import { synthesized } from '../synthesized.ts';
import { Alarm, faultsOf, stateAfter, type Window } from './alarm.ts';
import { namedBy } from './references.ts';

const system = synthesized(findStage('prod'));
const alarms = new Map(
  system
    .ofType('AWS::CloudWatch::Alarm')
    .map(({ logicalId, stack, properties }) => [
      logicalId.replace(/[0-9A-F]{8}$/, ''),
      { stack, ...Alarm.parse(properties) },
    ]),
);
const alarmNamed = (id: string) => {
  const found = alarms.get(id);
  if (found === undefined) throw new Error(`There is no alarm ${id}.`);
  return found;
};

const many = (count: number, value: number): number[] => Array.from({ length: count }, () => value);
const quick: Window = many(200, 80);

/** What happened, what is published of it, and what is published while all is well. */
const INCIDENTS: readonly (readonly [alarm: string, what: string, bad: readonly Window[], well: readonly Window[]])[] =
  [
    ['RequestsFailing', 'one submit among thousands crashed', [[...many(5_000, 0), 1]], [many(5_000, 0)]],
    ['RequestsFailing', 'the only request of a night was answered 500', [[1]], [[]]],
    ['RequestsFailing', 'a table throttled submits until they were answered 503', [many(10, 1)], [many(10, 0)]],
    [
      'RequestsSlow',
      'one request in fifty took 6 s for ten minutes',
      [
        [...quick, ...many(4, 6_000)],
        [...quick, ...many(4, 6_000)],
      ],
      [quick, quick, [...quick, ...many(4, 6_000)]],
    ],
    ['SubmitSlow', 'one submit in fifty took 11 s', [[...quick, ...many(4, 11_000)]], [[...quick, ...many(4, 2_000)]]],
    ['TicksMissing', 'no tick came for ten minutes', [[], []], [many(5, 1), many(5, 1)]],
    ['TicksMissing', 'there never was a tick', [], [[], many(1, 1)]],
    ['GivenUp', 'one letter lay there', [[1, 1, 1, 1, 1]], [many(5, 0)]],
    ['GivenUp', 'a letter came after hours in which nobody used the queue', [[], [], [0, 1]], [[], []]],
  ];

describe('alarms', () => {
  it('are ten at most, each on one metric, and each has an incident here that it is for', () => {
    expect(alarms.size).toBeLessThanOrEqual(10);
    expect([...alarms.keys()].sort()).toEqual([...new Set(INCIDENTS.map(([id]) => id))].sort());
  });

  it.each([...alarms])('%s looks at what a resource of the template publishes', (_, { stack, ...alarm }) => {
    expect(faultsOf(system, stack, alarm)).toEqual([]);
  });

  it.each(INCIDENTS)('%s goes off when %s, and not while all is well', (id, _, bad, well) => {
    expect(stateAfter(alarmNamed(id), bad)).toBe('ALARM');
    expect(stateAfter(alarmNamed(id), well)).toBe('OK');
  });

  it('end when what they are for has ended', () => {
    for (const [id, , bad, well] of INCIDENTS) expect(stateAfter(alarmNamed(id), [...bad, ...well])).toBe('OK');
  });
});

describe('what an alarm has to see', () => {
  const watched = namedBy(system, 'watch', alarmNamed('GivenUp').Dimensions[0]?.Value);

  /** The queue that a target of a job's failures is. */
  const queueOf = (arn: unknown) => {
    const named = namedBy(system, 'jobs', arn);
    return named && { stack: named.stack, logicalId: named.logicalId };
  };
  const letters = { stack: watched?.stack, logicalId: watched?.logicalId };

  /** Where what a job fails at ends: by what Lambda is told of it, or by the redrive of the queue it takes from. */
  const endsOf = (job: string): unknown[] => {
    const isOf = (name: unknown) => namedBy(system, 'jobs', name)?.logicalId.startsWith(`${job}Function`) === true;
    const configs = system
      .ofType('AWS::Lambda::EventInvokeConfig')
      .filter(({ properties }) => isOf(properties.FunctionName))
      .map(({ properties }) => Reflect.get(Object(properties.DestinationConfig), 'OnFailure'));
    const mappings = system
      .ofType('AWS::Lambda::EventSourceMapping')
      .filter(({ properties }) => isOf(properties.FunctionName))
      .map(({ properties }) => {
        const destination = Reflect.get(Object(properties.DestinationConfig), 'OnFailure');
        if (destination !== undefined) return destination;
        const source = namedBy(system, 'jobs', properties.EventSourceArn);
        const queue = system.stacks.get(source?.stack ?? '')?.Resources[source?.logicalId ?? ''];
        const target: unknown = Reflect.get(Object(queue?.Properties.RedrivePolicy), 'deadLetterTargetArn');
        const named = namedBy(system, source?.stack ?? '', target);
        return named && { stack: named.stack, logicalId: named.logicalId };
      });
    return [...configs, ...mappings].map((end) => {
      const destination: unknown = Reflect.get(Object(end), 'Destination');
      return destination === undefined ? end : queueOf(destination);
    });
  };

  it.each(JOB_IDS)('what %s fails at for good lies among the letters that one of them watches', (job) => {
    expect(endsOf(job)).toEqual([letters]);
  });

  it('ticks and uploads that cannot be handed over lie there too', () => {
    const schedules = system.ofType('AWS::Scheduler::Schedule').map(({ properties }) => properties.Target);
    const rules = system.ofType('AWS::Events::Rule').flatMap(({ properties }) => Object(properties.Targets));
    for (const target of [...schedules, ...rules]) {
      const config: unknown = Reflect.get(Object(target), 'DeadLetterConfig');
      expect(queueOf(Reflect.get(Object(config), 'Arn'))).toEqual(letters);
    }
    expect(schedules.length + rules.length).toBeGreaterThan(4);
  });

  it('every route is of the API whose failures one of them counts', () => {
    const api = namedBy(system, 'watch', alarmNamed('RequestsFailing').Dimensions[0]?.Value);
    const routes = system.ofType('AWS::ApiGatewayV2::Route');
    expect(routes.length).toBeGreaterThan(50);
    const apis = new Set(routes.map(({ stack, properties }) => namedBy(system, stack, properties.ApiId)?.logicalId));
    expect([...apis]).toEqual([api?.logicalId]);
  });
});

describe('this test sees', () => {
  const givenUp = alarmNamed('GivenUp');
  const failing = alarmNamed('RequestsFailing');
  const elsewhere = { Name: 'QueueName', Value: { 'Fn::ImportValue': 'shenbao-prod-queues:NoSuchQueue' } };
  const faults = (alarm: Alarm) => faultsOf(system, 'watch', alarm).join();

  it.each([
    ['a misspelt metric', { ...givenUp, MetricName: 'ApproximateNumberOfMessageVisible' }, 'has no metric'],
    ['a misspelt namespace', { ...givenUp, Namespace: 'AWS/Sqs' }, 'no service publishes'],
    [
      'a misspelt dimension',
      { ...failing, Dimensions: [{ Name: 'ApiName', Value: failing.Dimensions[0]?.Value }] },
      'does not publish by ApiName',
    ],
    ['a resource that is not there', { ...givenUp, Dimensions: [elsewhere] }, 'names no AWS::SQS::Queue'],
    [
      'a resource of another kind',
      { ...failing, Dimensions: givenUp.Dimensions.map(({ Value }) => ({ Name: 'ApiId', Value })) },
      'names no AWS::ApiGatewayV2::Api',
    ],
    ['an average of a count', { ...failing, Statistic: 'Average' }, 'Average of 5xx says nothing'],
    ['a period that nothing is published in', { ...failing, Period: 10 }, 'nothing is published every 10 s'],
    ['a window that is never full', { ...failing, DatapointsToAlarm: 2 }, 'cannot be reached'],
  ])('%s', (_, alarm, fault) => {
    expect(faults(alarm)).toContain(fault);
  });

  it.each([
    ['a threshold above what happens', 'RequestsFailing', { Threshold: 20 }],
    ['a comparison the wrong way round', 'GivenUp', { ComparisonOperator: 'LessThanThreshold' as const }],
    ['silence taken for good where it is bad', 'TicksMissing', { TreatMissingData: 'notBreaching' }],
  ])('%s', (_, id, wrong) => {
    const alarm = { ...alarmNamed(id), ...wrong };
    const states = INCIDENTS.filter(([each]) => each === id).map(([, , bad]) => stateAfter(alarm, bad));
    expect(states).toContain('OK');
  });

  it('silence taken for bad where it is good', () => {
    expect(stateAfter({ ...failing, TreatMissingData: 'breaching' }, [])).toBe('ALARM');
    expect(stateAfter(failing, [])).toBe('OK');
  });
});
