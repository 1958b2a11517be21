import { isIP } from 'node:net';
import type { Fault } from '#shared/domain/fault.ts';
import { mayReach, type Reach } from './public-address.ts';

/** The host as an address or a name: of IPv6 without its brackets. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1');

const isLocalName = (host: string): boolean => /(^|\.)localhost\.?$/i.test(host);

const isUsable = (text: string, reach: Reach): boolean => {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '' || url.hash !== '') return false;
  const host = hostOf(url);
  const isOwn =
    isLocalName(host) ||
    (isIP(host) !== 0 && mayReach(host, { loopback: true }) && !mayReach(host, { loopback: false }));
  if (isOwn) return reach.loopback && (url.protocol === 'https:' || url.protocol === 'http:');
  return url.protocol === 'https:' && (isIP(host) === 0 ? host.includes('.') : mayReach(host, reach));
};

/** What is wrong with the address of a webhook; whether its name leads to a public address is seen when it is called. */
export const webhookUrlFaults = (url: string, reach: Reach): Fault[] =>
  isUsable(url, reach) ? [] : [{ path: 'url', code: 'FORMAT', params: { format: 'webhook-url' } }];
