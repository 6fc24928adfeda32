import { IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { PageQuery } from '../common/cursor-page.js';
import { IsTime } from '../common/time.rule.js';
import { type ActorKind, AUDIT_ACTIONS, type AuditAction } from './audit-action.js';
import type { AuditEntry } from './audit-entry.entity.js';

/** Which changes to list. */
export class AuditLogQuery extends PageQuery {
  /** Only those in which this was done. */
  @IsOptional()
  @IsIn(AUDIT_ACTIONS, { message: `must be one of ${AUDIT_ACTIONS.join(', ')}` })
  action?: AuditAction;

  /** Only those of this user or API key. */
  @IsOptional()
  @IsUUID()
  actorId?: string;

  /** Only those of this thing: the id of an entry point, a campaign, a user …, or the name of a consumer. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  subjectId?: string;

  /** Only those made at that time or after it. @example "2026-11-24T00:00:00Z" */
  @IsOptional()
  @IsTime()
  since?: Date;

  /** Only those made before that time. @example "2026-11-25T00:00:00Z" */
  @IsOptional()
  @IsTime()
  until?: Date;
}

/** The user or the API key that made a change. */
export class ActorDto {
  /** Whether a person made it, or a program. @example "user" */
  kind: ActorKind;

  /** Names the user or the key in this API. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11" */
  id: string;

  /** The e-mail address or the key's name, as it was then. @example "ada@example.com" */
  name: string;
}

/** What a change was made to. */
export class AuditSubjectDto {
  /** Its id in this API; the ACCOUNT SID of a telephony connection; the name of a consumer. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b13" */
  id: string;

  /** Its name, as it was then. @example "Support EN" */
  name: string;
}

/** One change: who, what, before, after. */
export class AuditEntryDto {
  /** Names the entry in this API. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b19" */
  id: string;

  /** When it was made. @example "2026-11-24T10:31:00.000Z" */
  at: Date;

  /** Who made it. */
  actor: ActorDto;

  /** What was done about what. @example "entry_point.updated" */
  action: AuditAction;

  /** What it was made to. */
  subject: AuditSubjectDto;

  /** The fields that changed, as they were; null when there was nothing before. Never a secret. @example { "state": "active" } */
  before: Record<string, unknown> | null;

  /** The fields that changed, as they became; null when nothing is left. Never a secret. @example { "state": "disabled" } */
  after: Record<string, unknown> | null;
}

/** A page of the audit log, newest first. */
export class AuditEntryPageDto {
  /** The changes. */
  data: AuditEntryDto[];

  /** `cursor` of the next page; null on the last one. @example "MDE5YWIyYzQ" */
  nextCursor: string | null;
}

export const presentAuditEntry = (entry: AuditEntry): AuditEntryDto => ({
  id: entry.id,
  at: entry.at,
  actor: { kind: entry.actorKind, id: entry.actorId, name: entry.actorName },
  action: entry.action,
  subject: { id: entry.subjectId, name: entry.subjectName },
  before: entry.before,
  after: entry.after,
});
