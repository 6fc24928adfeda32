import { ValidateBy, type ValidationOptions } from 'class-validator';
import { BlockList, isIP } from 'node:net';

const isServiceUrl = (value: unknown): boolean => {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const url = new URL(value);
  return /^https?:$/.test(url.protocol) && value === value.trim() && !url.search && !url.hash && !url.username;
};

const isEncryptionKeys = (value: unknown): boolean =>
  typeof value === 'string' &&
  value.split(',').every((entry) => {
    const [, key] = /^[a-z0-9-]{1,32}:([A-Za-z0-9+/=_-]+)$/.exec(entry.trim()) ?? [];
    return key !== undefined && Buffer.from(key, 'base64').length === 32;
  });

export const IsServiceUrl = (): PropertyDecorator =>
  ValidateBy({
    name: 'isServiceUrl',
    validator: {
      validate: isServiceUrl,
      defaultMessage: () => 'must be an http or https URL without user, query or fragment',
    },
  });

/** `id:base64,id:base64`, each key 32 bytes. */
export const IsEncryptionKeys = (): PropertyDecorator =>
  ValidateBy({
    name: 'isEncryptionKeys',
    validator: {
      validate: isEncryptionKeys,
      defaultMessage: () => 'must be id:base64 pairs, each of 32 bytes (create one with: openssl rand -base64 32)',
    },
  });

/** An IP address, or a network in CIDR notation. */
export const IsNetwork = (options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isNetwork',
      validator: {
        validate: isNetwork,
        defaultMessage: () => 'must contain only IP addresses or networks such as 10.0.0.0/8',
      },
    },
    options,
  );

function isNetwork(value: unknown): boolean {
  const [address = '', bits] = String(value).split('/');
  const family = isIP(address);
  if (family === 0) return false;
  if (bits === undefined) return true;
  try {
    new BlockList().addSubnet(address, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
    return /^\d+$/.test(bits);
  } catch {
    // RangeError: the prefix is longer than the address.
    return false;
  }
}
