import { Transform } from 'class-transformer';
import { IsString, Length } from 'class-validator';
import { MayBeLeftOut } from '../common/left-out.rule.js';
import { trim } from '../common/trim.js';
import type { ContactNote } from './contact-note.entity.js';

/** A new note. */
export class CreateContactNoteDto {
  /** 1 to 4,000 characters. @example "Promised a call back before noon" */
  @Transform(trim)
  @Length(1, 4_000, { message: 'must be 1 to 4,000 characters long' })
  @IsString()
  body: string;

  /** Who writes it, by the id that the desk uses. @example "agent-7" */
  @MayBeLeftOut()
  @Length(1, 80, { message: 'must be 1 to 80 characters long' })
  @IsString()
  agentId?: string;
}

/** A note on a contact. The customer never sees it. */
export class ContactNoteDto {
  /** Names the note in this API. @example "019ab2c4-7f85-7c3a-9c55-0a3f1f6f2b15" */
  id: string;

  /** The contact it is about. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11" */
  contactId: string;

  /** Its text. A NUL character shows as ␀. @example "Promised a call back before noon" */
  body: string;

  /** Who wrote it; null when nobody was named. @example "agent-7" */
  agentId: string | null;

  /** When it was written. @example "2026-11-24T10:31:00.000Z" */
  createdAt: Date;
}

/** A page of notes, oldest first. */
export class ContactNotePageDto {
  /** The notes. */
  data: ContactNoteDto[];

  /** `cursor` of the next page; null on the last one. @example "MDE5YWIyYzQ" */
  nextCursor: string | null;
}

export const presentContactNote = (note: ContactNote): ContactNoteDto => ({
  id: note.id,
  contactId: note.contactId,
  body: note.body,
  agentId: note.agentId,
  createdAt: note.createdAt,
});
