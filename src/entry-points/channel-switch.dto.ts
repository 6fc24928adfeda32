import { IsBoolean } from 'class-validator';

/** Whether entry points may make contacts at all. */
export class UpdateSmsInboundDto {
  /** `false` disables all entry points at once; `true` lets each be again as its own switch and its campaign say. */
  @IsBoolean({ message: 'must be true or false' })
  enabled: boolean;
}

/** Who disabled all entry points. */
export class DisabledByDto {
  /** The user's or the API key's id. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11" */
  id: string;

  /** The user's e-mail address, or the name of the API key. @example "ada@example.com" */
  name: string;
}

/** The switch above those of all entry points and campaigns, which stay as they are under it. */
export class SmsInboundDto {
  /** False: no entry point makes contacts. SMS are stored all the same, with the verdict `channel_disabled`. */
  enabled: boolean;

  /** Since when all are disabled; null while they are not. @example "2026-11-24T10:31:00.000Z" */
  disabledAt: Date | null;

  /** Who disabled them; null while they are not. */
  disabledBy: DisabledByDto | null;

  /** How many entry points would be on if all were not disabled; 0 while they are not. @example 12 */
  entryPoints: number;
}
