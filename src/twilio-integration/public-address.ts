import { lookup } from 'node:dns';
import { BlockList, isIPv4, type LookupFunction } from 'node:net';

/** What is not the Internet's. https://www.iana.org/assignments/iana-ipv4-special-registry */
const RESERVED_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];
/** Within what is given out at all. https://www.iana.org/assignments/iana-ipv6-special-registry */
const RESERVED_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];
/** Networks without IPv4 reach an IPv4 address through this one, which must not lead into the house either. */
const NAT64 = '64:ff9b::';

const given = new BlockList();
given.addSubnet('2000::', 3, 'ipv6');
given.addSubnet(NAT64, 96, 'ipv6');

const reserved = new BlockList();
for (const [net, prefix] of RESERVED_V4.map(parts)) {
  reserved.addSubnet(net, prefix, 'ipv4');
  reserved.addSubnet(NAT64 + net, 96 + prefix, 'ipv6');
}
for (const [net, prefix] of RESERVED_V6.map(parts)) reserved.addSubnet(net, prefix, 'ipv6');

function parts(network: string): [net: string, prefix: number] {
  const [net, prefix] = network.split('/') as [string, string];
  return [net, Number(prefix)];
}

/** Whether somebody on the Internet has it; false for what is no address. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !reserved.check(address, 'ipv4');
  return given.check(address, 'ipv6') && !reserved.check(address, 'ipv6');
}

/**
 * For the option `lookup` of a request: gives only public addresses. The one that is checked is the one that is
 * connected to, so a name whose address changes between a look and the connection gains nothing.
 */
export function publicLookup(resolve: typeof lookup = lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, []);
      const open = addresses.filter(({ address }) => isPublicAddress(address));
      const [first] = open;
      if (first === undefined) return callback(new Error(`${hostname} has no address on the Internet`), []);
      if (options.all) callback(null, open);
      else callback(null, first.address, first.family);
    });
  };
}
