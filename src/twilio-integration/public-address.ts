import { lookup } from 'node:dns';
import { BlockList, isIPv4, type LookupFunction } from 'node:net';

/** Networks that are not public. https://www.iana.org/assignments/iana-ipv4-special-registry */
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
/** Reserved parts of the allocated network. https://www.iana.org/assignments/iana-ipv6-special-registry */
const RESERVED_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];
/** The prefix through which IPv6-only networks reach IPv4 addresses, which must be public too. */
const NAT64 = '64:ff9b::';

const allocated = new BlockList();
allocated.addSubnet('2000::', 3, 'ipv6');
allocated.addSubnet(NAT64, 96, 'ipv6');

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

/** Whether the address is public; false if it is not an address. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !reserved.check(address, 'ipv4');
  return allocated.check(address, 'ipv6') && !reserved.check(address, 'ipv6');
}

/**
 * For the option `lookup` of a request: it only returns public addresses. The checked address is the one that is connected
 * to, so that a name whose address changes in between (DNS rebinding) cannot bypass the check.
 */
export function publicLookup(resolve: typeof lookup = lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, []);
      const allowed = addresses.filter(({ address }) => isPublicAddress(address));
      const [first] = allowed;
      if (first === undefined) return callback(new Error(`${hostname} has no public address`), []);
      if (options.all) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}
