import type { SealedColumn } from '../database/sealed-columns.js';
import { TELEPHONY_SECRETS } from '../twilio-integration/telephony-secrets.js';

/** Every column that holds secrets. One that is missing here keeps an old key from ever being dropped. */
export const SEALED_COLUMNS: SealedColumn[] = Object.values(TELEPHONY_SECRETS);
