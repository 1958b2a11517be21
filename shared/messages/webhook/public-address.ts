import { BlockList, isIP } from 'node:net';

/** What is not on the public Internet: https://www.iana.org/assignments/iana-ipv4-special-registry, with multicast and what is reserved. */
const SPECIAL_IPV4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  // Shared by carriers; 100.100.100.200 is a metadata service.
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // 169.254.169.254 is EC2's metadata service, 169.254.170.2 that of containers.
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

/** Of IPv6, global unicast alone is public, and of that not what leads to an IPv4 address (Teredo, 6to4) or is for documentation. */
const GLOBAL_IPV6 = ['2000::', 3] as const;
const SPECIAL_IPV6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const blockList = (subnets: readonly (readonly [string, number])[], type: 'ipv4' | 'ipv6'): BlockList => {
  const list = new BlockList();
  for (const [network, prefix] of subnets) list.addSubnet(network, prefix, type);
  return list;
};

const specialIpv4 = blockList(SPECIAL_IPV4, 'ipv4');
const globalIpv6 = blockList([GLOBAL_IPV6], 'ipv6');
const specialIpv6 = blockList(SPECIAL_IPV6, 'ipv6');
const loopbackIpv4 = blockList([['127.0.0.0', 8]], 'ipv4');

const isLoopback = (address: string): boolean =>
  isIP(address) === 4 ? loopbackIpv4.check(address, 'ipv4') : address === '::1';

/** Which addresses a webhook may be at. `loopback`: this machine's own as well, where a stage says so. */
export interface Reach {
  readonly loopback: boolean;
}

/**
 * Whether a webhook may be sent to an IP address: to a public one, so that nobody has our functions ask what only they can reach. An IPv4 address written as
 * IPv6 (`::ffff:…`, `64:ff9b::…`) is none.
 */
export const mayReach = (address: string, { loopback }: Reach): boolean => {
  if (loopback && isLoopback(address)) return true;
  if (isIP(address) === 4) return !specialIpv4.check(address, 'ipv4');
  return isIP(address) === 6 && globalIpv6.check(address, 'ipv6') && !specialIpv6.check(address, 'ipv6');
};
