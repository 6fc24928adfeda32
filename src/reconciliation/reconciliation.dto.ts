/** How far Twilio's list of what a number received was compared with the journal. */
export class ReconciliationDto {
  /** The number. @example "+15005550006" */
  phoneNumber: string;

  /** The entry point that has it, or had it last. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b13" */
  entryPointId: string;

  /** What Twilio received before that time is in the journal. @example "2026-11-24T10:30:00.000Z" */
  watermark: Date;

  /** When the list was last read to its end; null for never. @example "2026-11-24T10:31:00.000Z" */
  lastWalkAt: Date | null;

  /** When it is read next, at the earliest. @example "2026-11-24T10:36:00.000Z" */
  nextWalkAt: Date;

  /** SMS that had never come and were fetched from the list, ever. @example 0 */
  foundMissing: number;

  /** When the last of them were fetched; null for never. @example null */
  lastFoundAt: Date | null;

  /** Since when the list cannot be read; null when it can. @example null */
  failingSince: Date | null;

  /** Why not. @example null */
  lastError: string | null;
}

/** All numbers, on one page. */
export class ReconciliationPageDto {
  /** One row for each number whose webhook is set. */
  data: ReconciliationDto[];

  /** Always null: there is one page. @example null */
  nextCursor: string | null;
}
