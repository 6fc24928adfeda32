import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { lookup, type LookupAddress } from 'node:dns';
import http from 'node:http';
import type { LookupFunction } from 'node:net';
import { startHttpServer, type TestHttpServer } from '../../test/support/http-server.ts';
import { requestMedia } from './media-request.js';
import { isPublicAddress, publicLookup } from './public-address.js';

describe('An address of the Internet', () => {
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
    ['this machine', '127.0.0.1'],
    ['this machine, at its end', '127.255.255.255'],
    ['any machine', '0.0.0.0'],
    ['this network', '0.255.255.255'],
    ['a private one', '10.0.0.0'],
    ['a private one at its end', '10.255.255.255'],
    ['another private one', '172.16.0.1'],
    ['another private one at its end', '172.31.255.255'],
    ['a third private one', '192.168.255.255'],
    ['one of a carrier', '100.64.0.1'],
    ['one of a carrier at its end', '100.127.255.255'],
    ['the metadata of a cloud', '169.254.169.254'],
    ['the metadata of another cloud', '100.100.100.200'],
    ['the metadata of a third cloud', '192.0.0.192'],
    ['documentation', '192.0.2.1'],
    ['more documentation', '198.51.100.1'],
    ['still more documentation', '203.0.113.1'],
    ['measurements', '198.19.255.255'],
    ['a relay that is no more', '192.88.99.1'],
    ['many machines', '224.0.0.1'],
    ['the future', '240.0.0.1'],
    ['all machines', '255.255.255.255'],
    ['this machine in IPv6', '::1'],
    ['this machine in IPv6 at length', '0:0:0:0:0:0:0:1'],
    ['any machine in IPv6', '::'],
    ['a mapped one', '::ffff:127.0.0.1'],
    ['a mapped one in hex', '::ffff:7f00:1'],
    ['a mapped public one, which nobody resolves to', '::ffff:1.1.1.1'],
    ['a compatible one', '::127.0.0.1'],
    ['a translated one', '::ffff:0:127.0.0.1'],
    ['this machine through NAT64', '64:ff9b::127.0.0.1'],
    ['this machine through NAT64 in hex', '64:ff9b::7f00:1'],
    ['the metadata of a cloud through NAT64', '64:ff9b::a9fe:a9fe'],
    ['a private one through NAT64', '64:ff9b::10.0.0.1'],
    ['a NAT64 of the house', '64:ff9b:1::1.1.1.1'],
    ['this link', 'fe80::1'],
    ['this link with its zone', 'fe80::1%eth0'],
    ['a unique local one', 'fd00:ec2::254'],
    ['a site', 'fec0::1'],
    ['many machines in IPv6', 'ff02::1'],
    ['documentation in IPv6', '2001:db8::1'],
    ['more documentation in IPv6', '3fff::1'],
    ['Teredo', '2001::1'],
    ['6to4 to this machine', '2002:7f00:1::'],
    ['nothing', '100::1'],
    ['a name', 'localhost'],
    ['a short form', '127.1'],
    ['a number', '2130706433'],
    ['hex', '0x7f000001'],
    ['octal', '0177.0.0.1'],
    ['what is empty', ''],
  ])('is not %s: %s', (_, address) => expect(isPublicAddress(address)).toBe(false));
});

describe('A name', () => {
  let canary: TestHttpServer;

  beforeAll(async () => {
    canary = await startHttpServer((_request, response) => response.end('mine'));
  });
  afterAll(() => canary.stop());

  const LOCAL: LookupAddress = { address: '127.0.0.1', family: 4 };
  /** A DNS that gives one answer after the other. */
  const answering = (...answers: LookupAddress[][]): { resolve: typeof lookup; asked: () => number } => {
    let asked = 0;
    const resolve = (_name: string, _options: unknown, callback: (error: null, found: LookupAddress[]) => void) =>
      callback(null, answers[Math.min(asked++, answers.length - 1)] ?? []);
    return { resolve: resolve as unknown as typeof lookup, asked: () => asked };
  };
  const ask = (look: LookupFunction): Promise<unknown> => {
    const { port } = new URL(canary.url);
    const signal = AbortSignal.timeout(60_000);
    return requestMedia(new URL(`http://api.twilio.com:${port}/`), { headers: {}, signal, lookup: look });
  };

  test.each<[string, LookupAddress[]]>([
    ['this machine', [LOCAL]],
    ['this machine, twice', [LOCAL, { address: '::1', family: 6 }]],
    ['this machine, mapped', [{ address: '::ffff:127.0.0.1', family: 6 }]],
    ['any machine', [{ address: '0.0.0.0', family: 4 }]],
    ['the metadata of a cloud', [{ address: '169.254.169.254', family: 4 }]],
    ['nothing', []],
  ])('that leads to %s is not connected to', async (_, addresses) => {
    await expect(ask(publicLookup(answering(addresses).resolve))).rejects.toThrow(
      'api.twilio.com has no address on the Internet',
    );
    expect(canary.connections()).toBe(0);
  });

  test.each([{ all: true }, { all: false }, {}])('that leads here and there leads there alone: %o', (options) => {
    const there = { address: '1.1.1.1', family: 4 };
    const found: unknown[] = [];
    publicLookup(answering([LOCAL, there]).resolve)('api.twilio.com', options, (...given) => found.push(given));
    expect(found).toEqual([options.all ? [null, [there]] : [null, there.address, there.family]]);
  });

  test('whose address changes gains nothing: the one that was checked is the one to connect to', async () => {
    const { resolve, asked } = answering([{ address: '1.1.1.1', family: 4 }], [LOCAL]);
    const look = publicLookup(resolve);
    const given = await new Promise((done) => look('api.twilio.com', {}, (_error, address) => done(address)));
    expect([given, asked()]).toEqual(['1.1.1.1', 1]);
    await expect(ask(look)).rejects.toThrow('no address on the Internet');
    expect([asked(), canary.connections()]).toEqual([2, 0]);
    const twice = answering([{ address: '1.1.1.1', family: 4 }], [LOCAL]);
    await expect(ask(publicLookup(twice.resolve))).rejects.toThrow('no address on the Internet');
    expect([twice.asked(), canary.connections()]).toEqual([2, 0]);
  });

  describe('by way of a proxy', () => {
    const direct = http.globalAgent;
    let proxy: TestHttpServer;

    beforeAll(async () => {
      proxy = await startHttpServer((_request, response) => response.end('by way of the proxy'));
      // As Node sets it up with NODE_USE_ENV_PROXY.
      http.globalAgent = new http.Agent({ proxyEnv: { HTTP_PROXY: proxy.url } });
    });
    afterAll(async () => {
      http.globalAgent = direct;
      await proxy.stop();
    });

    test('that leads into the house is not asked of it', async () => {
      await expect(ask(publicLookup(answering([LOCAL]).resolve))).rejects.toThrow('no address on the Internet');
      expect(proxy.connections()).toBe(0);
    });

    test('that only the proxy can look up is asked of it', async () => {
      const nowhere = Object.assign(new Error('getaddrinfo ENOTFOUND'), { syscall: 'getaddrinfo' });
      const failing = (_name: string, _options: unknown, callback: (error: Error) => void) => callback(nowhere);
      await ask(publicLookup(failing as unknown as typeof lookup));
      await ask(publicLookup(answering([{ address: '1.1.1.1', family: 4 }]).resolve));
      expect(proxy.requests.map(({ path }) => new URL(path).hostname)).toEqual(['api.twilio.com', 'api.twilio.com']);
    });
  });

  test('that is not known says so', async () => {
    const failing = (_name: string, _options: unknown, callback: (error: Error) => void) =>
      callback(new Error('getaddrinfo ENOTFOUND'));
    await expect(ask(publicLookup(failing as unknown as typeof lookup))).rejects.toThrow('ENOTFOUND');
  });

  test('The canary would have been heard', async () => {
    const { resolve } = answering([LOCAL]);
    await ask((name, options, callback) => resolve(name, { ...options, all: true }, callback));
    expect(canary.requests).toHaveLength(1);
  });
});
