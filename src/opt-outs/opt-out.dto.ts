import type { OptOut, OptOutKind, OptOutSource } from './opt-out.entity.js';

/** A row of the ledger: that the customer wants no texts from the number, or wants them again. */
export class OptOutDto {
  /** Names the row in this API. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b15" */
  id: string;

  /** `opted_out`: no texts any more; `opted_in`: texts again. */
  kind: OptOutKind;

  /**
   * How it is known: the customer texted a `keyword`, Twilio said what a text means (`opt_out_type`), or Twilio refused
   * a reply with error 21610 (`twilio_21610`).
   */
  source: OptOutSource;

  /** The keyword, as the list has it; null when it is in none of ours. @example "STOP" */
  word: string | null;

  /** The inbound SMS that said so. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b14" */
  inboundSmsId: string | null;

  /** The reply that Twilio refused. @example null */
  messageId: string | null;

  /** When the SMS was received, or the reply refused. @example "2026-11-24T10:31:00.000Z" */
  at: Date;
}

/** A page of the ledger, newest first. */
export class OptOutPageDto {
  /** The rows. */
  data: OptOutDto[];

  /** `cursor` of the next page; null on the last one. @example "MTA0Mg" */
  nextCursor: string | null;
}

export const presentOptOut = (row: OptOut): OptOutDto => ({
  id: row.id,
  kind: row.kind,
  source: row.source,
  word: row.word,
  inboundSmsId: row.inboundSmsId,
  messageId: row.messageId,
  at: row.at,
});
