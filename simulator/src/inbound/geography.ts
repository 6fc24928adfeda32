/** What Twilio looks up for a number. Outside the US and Canada it sends city, state and zip as EMPTY fields. */
export interface Place {
  city: string;
  state: string;
  zip: string;
  country: string;
}

const US_AREAS: Record<string, [city: string, state: string, zip: string]> = {
  201: ['JERSEY CITY', 'NJ', '07302'],
  206: ['SEATTLE', 'WA', '98104'],
  212: ['NEW YORK', 'NY', '10003'],
  305: ['MIAMI', 'FL', '33132'],
  312: ['CHICAGO', 'IL', '60601'],
  415: ['SAN FRANCISCO', 'CA', '94105'],
  512: ['AUSTIN', 'TX', '78701'],
  617: ['BOSTON', 'MA', '02108'],
};
const ELSEWHERE_IN_THE_US = ['BEVERLY HILLS', 'CA', '90210'] as const;

// prettier-ignore
const CALLING_CODES: Record<string, string> = {
  27: 'ZA', 30: 'GR', 31: 'NL', 32: 'BE', 33: 'FR', 34: 'ES', 36: 'HU', 39: 'IT', 40: 'RO', 41: 'CH', 43: 'AT', 44: 'GB',
  45: 'DK', 46: 'SE', 47: 'NO', 48: 'PL', 49: 'DE', 52: 'MX', 54: 'AR', 55: 'BR', 56: 'CL', 57: 'CO', 61: 'AU', 64: 'NZ',
  65: 'SG', 81: 'JP', 86: 'CN', 90: 'TR', 91: 'IN', 351: 'PT', 352: 'LU', 353: 'IE', 356: 'MT', 358: 'FI', 380: 'UA',
  420: 'CZ', 971: 'AE', 972: 'IL',
};

export function placeOf(number: string): Place {
  if (number.startsWith('+1')) {
    const [city, state, zip] = US_AREAS[number.slice(2, 5)] ?? ELSEWHERE_IN_THE_US;
    return { city, state, zip, country: 'US' };
  }
  // Every short code counts as American, like the default one.
  if (/^\d{3,6}$/.test(number)) return { city: '', state: '', zip: '', country: 'US' };
  const country = CALLING_CODES[number.slice(1, 4)] ?? CALLING_CODES[number.slice(1, 3)] ?? '';
  return { city: '', state: '', zip: '', country };
}
