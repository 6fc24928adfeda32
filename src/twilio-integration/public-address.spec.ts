import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { lookup, type LookupAddress } from 'node:dns';
import http from 'node:http';
import type { LookupFunction } from 'node:net';
import { startHttpServer, type TestHttpServer } from '../../test/support/http-server.ts';
import { requestMedia } from './media-request.js';
import { isPublicAddress, publicLookup } from './public-address.js';

describe('A public address', () => {
  test.each([
    '1.1.1.1',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.0',
    '169.253.255.255',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '198.17.255.255',
    '198.20.0.0',
    '223.255.255.255',
    '2600:1f18::1',
    '2a00:1450:4001:800::200e',
    '64:ff9b::1.1.1.1',
  ])('is %s', (address) => expect(isPublicAddress(address)).toBe(true));

  test.each([
    ['loopback', '127.0.0.1'],
    ['loopback, last address', '127.255.255.255'],
    ['unspecified', '0.0.0.0'],
    ['this network', '0.255.255.255'],
    ['private, 10/8', '10.0.0.0'],
    ['private, 10/8, last address', '10.255.255.255'],
    ['private, 172.16/12', '172.16.0.1'],
    ['private, 172.16/12, last address', '172.31.255.255'],
    ['private, 192.168/16, last address', '192.168.255.255'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['carrier-grade NAT, last address', '100.127.255.255'],
    ['cloud metadata', '169.254.169.254'],
    ['cloud metadata of Alibaba', '100.100.100.200'],
    ['cloud metadata of Oracle', '192.0.0.192'],
    ['documentation, TEST-NET-1', '192.0.2.1'],
    ['documentation, TEST-NET-2', '198.51.100.1'],
    ['documentation, TEST-NET-3', '203.0.113.1'],
    ['benchmarking', '198.19.255.255'],
    ['deprecated 6to4 relay', '192.88.99.1'],
    ['multicast', '224.0.0.1'],
    ['reserved for future use', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['IPv6 loopback', '::1'],
    ['IPv6 loopback, written in full', '0:0:0:0:0:0:0:1'],
    ['IPv6 unspecified', '::'],
    ['IPv4-mapped loopback', '::ffff:127.0.0.1'],
    ['IPv4-mapped loopback in hex', '::ffff:7f00:1'],
    ['IPv4-mapped public address, which no name resolves to', '::ffff:1.1.1.1'],
    ['IPv4-compatible loopback', '::127.0.0.1'],
    ['IPv4-translated loopback', '::ffff:0:127.0.0.1'],
    ['loopback through NAT64', '64:ff9b::127.0.0.1'],
    ['loopback through NAT64 in hex', '64:ff9b::7f00:1'],
    ['cloud metadata through NAT64', '64:ff9b::a9fe:a9fe'],
    ['private through NAT64', '64:ff9b::10.0.0.1'],
    ['local-use NAT64', '64:ff9b:1::1.1.1.1'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['unique local', 'fd00:ec2::254'],
    ['site-local', 'fec0::1'],
    ['IPv6 multicast', 'ff02::1'],
    ['IPv6 documentation', '2001:db8::1'],
    ['IPv6 documentation, 3fff', '3fff::1'],
    ['Teredo', '2001::1'],
    ['6to4 of loopback', '2002:7f00:1::'],
    ['discard-only', '100::1'],
    ['a name', 'localhost'],
    ['a short form', '127.1'],
    ['a decimal number', '2130706433'],
    ['a hex number', '0x7f000001'],
    ['an octal form', '0177.0.0.1'],
    ['empty', ''],
  ])('is not %s: %s', (_, address) => expect(isPublicAddress(address)).toBe(false));
});

describe('A name', () => {
  let canary: TestHttpServer;

  beforeAll(async () => {
    canary = await startHttpServer((_request, response) => response.end('mine'));
  });
  afterAll(() => canary.stop());

  const LOCAL: LookupAddress = { address: '127.0.0.1', family: 4 };
  /** A resolver that gives one answer after another. */
  const answering = (...answers: LookupAddress[][]): { resolve: typeof lookup; asked: () => number } => {
    let asked = 0;
    const resolve = (_name: string, _options: unknown, callback: (error: null, found: LookupAddress[]) => void) =>
      callback(null, answers[Math.min(asked++, answers.length - 1)] ?? []);
    return { resolve: resolve as unknown as typeof lookup, asked: () => asked };
  };
  const ask = (lookupAddress: LookupFunction): Promise<unknown> => {
    const { port } = new URL(canary.url);
    const signal = AbortSignal.timeout(60_000);
    return requestMedia(new URL(`http://api.twilio.com:${port}/`), { headers: {}, signal, lookup: lookupAddress });
  };

  test.each<[string, LookupAddress[]]>([
    ['loopback', [LOCAL]],
    ['IPv4 and IPv6 loopback', [LOCAL, { address: '::1', family: 6 }]],
    ['IPv4-mapped loopback', [{ address: '::ffff:127.0.0.1', family: 6 }]],
    ['the unspecified address', [{ address: '0.0.0.0', family: 4 }]],
    ['cloud metadata', [{ address: '169.254.169.254', family: 4 }]],
    ['no address', []],
  ])('that resolves to %s is not connected to', async (_, addresses) => {
    await expect(ask(publicLookup(answering(addresses).resolve))).rejects.toThrow(
      'api.twilio.com has no public address',
    );
    expect(canary.connections()).toBe(0);
  });

  test.each([{ all: true }, { all: false }, {}])(
    'that resolves to a local and a public address gives only the public one: %o',
    (options) => {
      const remote = { address: '1.1.1.1', family: 4 };
      const found: unknown[] = [];
      publicLookup(answering([LOCAL, remote]).resolve)('api.twilio.com', options, (...given) => found.push(given));
      expect(found).toEqual([options.all ? [null, [remote]] : [null, remote.address, remote.family]]);
    },
  );

  test('whose address changes does not matter, since the checked address is the one that is connected to', async () => {
    const { resolve, asked } = answering([{ address: '1.1.1.1', family: 4 }], [LOCAL]);
    const lookupAddress = publicLookup(resolve);
    const given = await new Promise((done) => lookupAddress('api.twilio.com', {}, (_error, address) => done(address)));
    expect([given, asked()]).toEqual(['1.1.1.1', 1]);
    await expect(ask(lookupAddress)).rejects.toThrow('no public address');
    expect([asked(), canary.connections()]).toEqual([2, 0]);
    const twice = answering([{ address: '1.1.1.1', family: 4 }], [LOCAL]);
    await expect(ask(publicLookup(twice.resolve))).rejects.toThrow('no public address');
    expect([twice.asked(), canary.connections()]).toEqual([2, 0]);
  });

  describe('through a proxy', () => {
    const direct = http.globalAgent;
    let proxy: TestHttpServer;

    beforeAll(async () => {
      proxy = await startHttpServer((_request, response) => response.end('through the proxy'));
      // As Node sets it up with NODE_USE_ENV_PROXY.
      http.globalAgent = new http.Agent({ proxyEnv: { HTTP_PROXY: proxy.url } });
    });
    afterAll(async () => {
      http.globalAgent = direct;
      await proxy.stop();
    });

    test('that resolves to a local address is not requested', async () => {
      await expect(ask(publicLookup(answering([LOCAL]).resolve))).rejects.toThrow('no public address');
      expect(proxy.connections()).toBe(0);
    });

    test('that only the proxy can resolve is requested', async () => {
      const nowhere = Object.assign(new Error('getaddrinfo ENOTFOUND'), { syscall: 'getaddrinfo' });
      const failing = (_name: string, _options: unknown, callback: (error: Error) => void) => callback(nowhere);
      await ask(publicLookup(failing as unknown as typeof lookup));
      await ask(publicLookup(answering([{ address: '1.1.1.1', family: 4 }]).resolve));
      expect(proxy.requests.map(({ path }) => new URL(path).hostname)).toEqual(['api.twilio.com', 'api.twilio.com']);
    });
  });

  test('that does not exist is reported', async () => {
    const failing = (_name: string, _options: unknown, callback: (error: Error) => void) =>
      callback(new Error('getaddrinfo ENOTFOUND'));
    await expect(ask(publicLookup(failing as unknown as typeof lookup))).rejects.toThrow('ENOTFOUND');
  });

  test('reaches the canary without the check', async () => {
    const { resolve } = answering([LOCAL]);
    await ask((name, options, callback) => resolve(name, { ...options, all: true }, callback));
    expect(canary.requests).toHaveLength(1);
  });
});
