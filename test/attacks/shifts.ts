import { encodeForm, type Form } from '../../simulator/src/webhook/form.ts';
import { signForm } from '../support/signed-forms.ts';
import { type GenuineSms, toRequest } from './genuine-sms.ts';
import type { Random } from './random.ts';
import type { RawRequest } from './raw-request.ts';

/**
 * Twilio signs names and values without a separator. Whoever has seen one request can therefore write others with the
 * same valid signature. They pass the signature check, but must not become an SMS.
 */
type Shift = (params: Form, random: Random) => Form;

/** The parameters are sorted as for the signature, since letters can only move between neighbours. */
const SHIFTS: Shift[] = [
  // Moves a parameter into the previous value: Body=Hello&From=+1555 → Body=HelloFrom+1555
  (params, random) => {
    const i = random.below(params.length - 1);
    const [name, value] = params[i]!;
    return params.toSpliced(i, 2, [name, value + params[i + 1]!.join('')]);
  },
  // Moves the first letters of a value into its name: Body=Hello → BodyHe=llo
  (params, random) => {
    const i = random.below(params.length);
    const [name, value] = params[i]!;
    const moved = 1 + random.below(value.length);
    return params.toSpliced(i, 1, [name + value.slice(0, moved), value.slice(moved)]);
  },
  // Moves the last letters of a name into its value: Body=Hello → Bo=dyHello
  (params, random) => {
    const i = random.below(params.length);
    const [name, value] = params[i]!;
    const kept = random.below(name.length);
    return params.toSpliced(i, 1, [name.slice(0, kept), name.slice(kept) + value]);
  },
  // Splits one parameter into two: Body=Hello → Body=He&llo=
  (params, random) => {
    const i = random.below(params.length);
    const [name, value] = params[i]!;
    const kept = random.below(value.length);
    return params.toSpliced(i, 1, [name, value.slice(0, kept)], [value.slice(kept), '']);
  },
  // Repeats parameters: equal values of one name count once in the signature
  (params, random) => [...params, ...Array.from({ length: 1 + random.below(9) }, () => random.pick(params))],
  // Adds an empty parameter without a name
  (params) => [...params, ['', '']],
];

/** Other spellings of the path and the form with the same meaning. */
const REWRITES: ((request: RawRequest, params: Form, random: Random) => RawRequest)[] = [
  (request, params) => ({ ...request, body: Buffer.from(encodeForm(params.toReversed())) }),
  (request, params) => ({
    ...request,
    body: Buffer.from(params.map((pair) => pair.map(percentEncode).join('=')).join('&')),
  }),
  (request, _, random) => ({ ...request, path: `${request.path}?${random.hex(8)}` }),
  (request) => ({ ...request, path: request.path.slice(0, -1) + percentEncode(request.path.slice(-1)) }),
  (request) => ({ ...request, path: `http://evil.example${request.path}` }),
];

const MAX_ATTEMPTS = 200;

/** Writes another request with the same valid signature. */
export function shift(sms: GenuineSms, random: Random): RawRequest {
  const sorted = sms.params.toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (random.below(4) === 0) return withLength(random.pick(REWRITES)(toRequest(sms), sms.params, random));
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const params = random.pick(SHIFTS)(sorted, random);
    const body = encodeForm(params);
    if (signForm(sms.target.authToken, sms.url, body) === sms.signature) return toRequest({ ...sms, params });
  }
  throw new Error(`No shift of ${encodeForm(sms.params)} keeps its signature`);
}

const withLength = ({ headers, ...request }: RawRequest): RawRequest => ({
  ...request,
  headers: headers.map(([name, value]) => [name, name === 'Content-Length' ? String(request.body.length) : value]),
});

const percentEncode = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
