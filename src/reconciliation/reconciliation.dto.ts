/** How far Twilio's list of messages to a number was compared with the journal. */
export class ReconciliationDto {
  /** The phone number. @example "+15005550006" */
  phoneNumber: string;

  /** The entry point that owns the number, or owned it last. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b13" */
  entryPointId: string;

  /** Everything that Twilio received before this time is in the journal. @example "2026-11-24T10:30:00.000Z" */
  watermark: Date;

  /** When the list was last read to its end; null if never. @example "2026-11-24T10:31:00.000Z" */
  lastWalkAt: Date | null;

  /** The earliest time at which it is read next. @example "2026-11-24T10:36:00.000Z" */
  nextWalkAt: Date;

  /** How many missing SMS were fetched from the list so far. @example 0 */
  foundMissing: number;

  /** When a missing SMS was last fetched; null if never. @example null */
  lastFoundAt: Date | null;

  /** Since when the list cannot be read; null if it can. @example null */
  failingSince: Date | null;

  /** Why it cannot be read; null if it can. @example null */
  lastError: string | null;
}

/** All numbers, on one page. */
export class ReconciliationPageDto {
  /** One row for each number whose webhook is set. */
  data: ReconciliationDto[];

  /** Always null: there is one page. @example null */
  nextCursor: string | null;
}
