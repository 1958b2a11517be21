import type { PassingReason } from './aws-replies.ts';
import type { Chance } from './chance.ts';

/** What a request is, as far as what can happen to it depends on it. */
export type Sort = 'transaction' | 'write' | 'batch read' | 'read' | 'object';

export type Fault =
  /** Carried out, and answered. */
  | 'none'
  /** Never carried out. */
  | 'dropped'
  /** Carried out, the reply lost: the connection breaks, or the time runs out. */
  | 'reply lost'
  | 'reply lost, slowly'
  /** Given up as hanging, and carried out after that. */
  | 'overtaken'
  /** Carried out twice. */
  | 'doubled'
  | 'delayed'
  /** Refused by DynamoDB: another transaction is at the item; the capacity is used up. */
  | 'conflict'
  | 'in progress'
  | PassingReason
  | 'throttled'
  | 'throughput exceeded'
  /** 500, not carried out or carried out. */
  | 'error before'
  | 'error after'
  | 'nothing processed'
  /** The function dies: before the request goes out, or once it was carried out. */
  | 'dies before'
  | 'dies after';

/** Which faults there are in a schedule, and how likely: for each attempt of a request. */
export interface Weather {
  readonly conflicts: number;
  readonly network: number;
  readonly throttling: number;
  readonly deaths: number;
  /** For each reply of a function to its client. */
  readonly answersLost: number;
}

export const FAIR: Weather = { conflicts: 0, network: 0, throttling: 0, deaths: 0, answersLost: 0 };

export const weatherOf = (chance: Chance): Weather => ({
  conflicts: chance.pick([0, 0.1, 0.3, 0.6]),
  network: chance.pick([0, 0.05, 0.15, 0.3]),
  throttling: chance.pick([0, 0, 0.1]),
  deaths: chance.pick([0, 0.02, 0.1]),
  answersLost: chance.pick([0, 0.1, 0.3]),
});

const NETWORK = [
  'dropped',
  'reply lost',
  'reply lost, slowly',
  'overtaken',
  'doubled',
  'delayed',
  'error before',
  'error after',
] as const;

const throttlingOf = (sort: Sort, chance: Chance): Fault => {
  if (sort === 'transaction') return chance.pick(['ThrottlingError', 'ProvisionedThroughputExceeded', 'throttled']);
  if (sort === 'batch read') return chance.pick(['nothing processed', 'throttled']);
  return chance.pick(['throttled', 'throughput exceeded']);
};

/** What happens to one attempt of a request. */
export const drawFault = (chance: Chance, weather: Weather, sort: Sort): Fault => {
  if (chance.is(weather.deaths)) return chance.pick(['dies before', 'dies after']);
  if (chance.is(weather.network)) return chance.pick(NETWORK);
  if (chance.is(weather.throttling)) return throttlingOf(sort, chance);
  if (sort === 'transaction' && chance.is(weather.conflicts)) return chance.is(0.1) ? 'in progress' : 'conflict';
  if (sort === 'write' && chance.is(weather.conflicts)) return 'conflict';
  return 'none';
};
