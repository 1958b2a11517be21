import { describe, expect, it } from 'vitest';
import { mayReach } from '#shared/messages/webhook/public-address.ts';
import { webhookUrlFaults } from '#shared/messages/webhook/webhook-url.ts';

const PUBLIC = { loopback: false };
const LOCAL = { loopback: true };

describe('the addresses a webhook may reach', () => {
  it.each(['93.184.215.14', '1.1.1.1', '223.255.255.1', '2606:4700::1111', '2400:3200::1'])(
    '%s is public',
    (address) => {
      expect(mayReach(address, PUBLIC)).toBe(true);
    },
  );

  it.each([
    ...['0.0.0.0', '10.0.0.1', '100.100.100.200', '127.0.0.1', '127.255.255.254', '169.254.169.254', '169.254.170.2'],
    ...['172.16.0.1', '172.31.255.255', '192.0.0.1', '192.168.1.1', '198.18.0.1', '224.0.0.1', '255.255.255.255'],
    ...[
      '::',
      '::1',
      '::ffff:127.0.0.1',
      '::ffff:93.184.215.14',
      '64:ff9b::a00:1',
      'fe80::1',
      'fd00:ec2::254',
      'fc00::1',
    ],
    ...['ff02::1', '2001::1', '2002:7f00:1::', '2001:db8::1', 'localhost', ''],
  ])('%s is not', (address) => {
    expect(mayReach(address, PUBLIC)).toBe(false);
  });

  it('are those of this machine as well where the stage says so, and no others that are not public', () => {
    expect(['127.0.0.1', '::1', '1.1.1.1'].map((address) => mayReach(address, LOCAL))).toEqual([true, true, true]);
    expect(['10.0.0.1', '169.254.169.254'].map((address) => mayReach(address, LOCAL))).toEqual([false, false]);
  });
});

describe('the URL of a webhook', () => {
  it.each(['https://registry.example.org/events?a=1', 'https://registry.example.org:8443/', 'https://1.1.1.1/'])(
    '%s is taken',
    (url) => {
      expect(webhookUrlFaults(url, PUBLIC)).toEqual([]);
    },
  );

  it.each([
    ...['http://registry.example.org/', 'ftp://registry.example.org/', 'https://user:secret@registry.example.org/'],
    ...[
      'https://registry.example.org/#x',
      'https://localhost/',
      'https://a.localhost/',
      'https://intranet/',
      'nothing',
    ],
    ...['https://127.0.0.1/', 'https://[::1]/', 'https://0x7f000001/', 'https://2130706433/', 'https://10.0.0.1/'],
    ...['https://[::ffff:169.254.169.254]/', 'https://169.254.169.254/latest/meta-data'],
  ])('%s is refused', (url) => {
    expect(webhookUrlFaults(url, PUBLIC)).toMatchObject([{ path: 'url', code: 'FORMAT' }]);
  });

  it('may be http on this machine where the stage says so, and only there', () => {
    expect(webhookUrlFaults('http://127.0.0.1:9000/events', LOCAL)).toEqual([]);
    expect(webhookUrlFaults('http://localhost:9000/', LOCAL)).toEqual([]);
    expect(webhookUrlFaults('http://registry.example.org/', LOCAL)).toHaveLength(1);
    expect(webhookUrlFaults('http://10.0.0.1/', LOCAL)).toHaveLength(1);
  });
});
