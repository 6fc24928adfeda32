export type FailureKind = 'ct' | 'rt' | '4xx' | '5xx';

export interface ConnectionOverrides {
  /** Connect, read and total timeout, in milliseconds. */
  ct: number;
  rt: number;
  tt: number;
  /** How often to retry, and after which failures. */
  rc: number;
  rp: FailureKind[];
}

export class OverrideError extends Error {}

const DEFAULTS: ConnectionOverrides = { ct: 5_000, rt: 15_000, tt: 15_000, rc: 1, rp: ['ct'] };
const RANGES = { ct: [100, 10_000], rt: [100, 15_000], tt: [100, 15_000], rc: [0, 5] } as const;
const KINDS: FailureKind[] = ['ct', 'rt', '4xx', '5xx'];

/** https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides */
export function connectionOverridesOf(url: string): ConnectionOverrides {
  const hash = url.indexOf('#');
  if (hash < 0) return DEFAULTS;
  const overrides = { ...DEFAULTS };
  for (const [name, value] of new URLSearchParams(url.slice(hash + 1))) {
    if (name === 'rp') overrides.rp = retryPolicyOf(value);
    else if (name in RANGES) overrides[name as keyof typeof RANGES] = numberOf(name as keyof typeof RANGES, value);
  }
  return overrides;
}

function retryPolicyOf(value: string): FailureKind[] {
  const kinds = value.split(',');
  if (kinds.includes('all')) return KINDS;
  const wrong = kinds.find((kind) => !KINDS.includes(kind as FailureKind));
  if (wrong !== undefined) throw new OverrideError(`rp=${wrong}; it may be ${KINDS.join(', ')} or all`);
  return kinds as FailureKind[];
}

function numberOf(name: keyof typeof RANGES, value: string): number {
  const [min, max] = RANGES[name];
  const number = Number(value);
  if (Number.isInteger(number) && number >= min && number <= max) return number;
  throw new OverrideError(`${name}=${value}; it may be ${min} to ${max}`);
}
