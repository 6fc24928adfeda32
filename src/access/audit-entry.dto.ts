import { IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { PageQuery } from '../common/cursor-page.js';
import { IsTime } from '../common/time.rule.js';
import { type ActorKind, AUDIT_ACTIONS, type AuditAction } from './audit-action.js';
import type { AuditEntry } from './audit-entry.entity.js';

/** Selects the entries of the audit log to list. */
export class AuditLogQuery extends PageQuery {
  /** Only entries with this action. */
  @IsOptional()
  @IsIn(AUDIT_ACTIONS, { message: `must be one of ${AUDIT_ACTIONS.join(', ')}` })
  action?: AuditAction;

  /** Only changes that this user or API key made. */
  @IsOptional()
  @IsUUID()
  actorId?: string;

  /** Only changes to this subject: the id of an entry point, a campaign, a user …, or the name of a consumer. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  subjectId?: string;

  /** Only changes made at or after this time. @example "2026-11-24T00:00:00Z" */
  @IsOptional()
  @IsTime()
  since?: Date;

  /** Only changes made before this time. @example "2026-11-25T00:00:00Z" */
  @IsOptional()
  @IsTime()
  until?: Date;
}

/** The user or the API key that made a change. */
export class ActorDto {
  /** Whether a person or a program made the change. @example "user" */
  kind: ActorKind;

  /** The id of the user or API key in this API. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11" */
  id: string;

  /** The e-mail address of the user or the name of the API key at the time of the change. @example "ada@example.com" */
  name: string;
}

/** The subject of a change. */
export class AuditSubjectDto {
  /** Its id in this API, the ACCOUNT SID of a telephony connection, or the name of a consumer. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b13" */
  id: string;

  /** Its name at the time of the change. @example "Support EN" */
  name: string;
}

/** One change: who changed what, with the values before and after. */
export class AuditEntryDto {
  /** The id of the entry in this API. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b19" */
  id: string;

  /** When the change was made. @example "2026-11-24T10:31:00.000Z" */
  at: Date;

  /** The user or API key that made the change. */
  actor: ActorDto;

  /** The kind of subject, and what was done to it. @example "entry_point.updated" */
  action: AuditAction;

  /** The subject of the change. */
  subject: AuditSubjectDto;

  /** The changed fields before the change; null if the subject did not exist. It never contains a secret. @example { "state": "active" } */
  before: Record<string, unknown> | null;

  /** The changed fields after the change; null if the subject no longer exists. It never contains a secret. @example { "state": "disabled" } */
  after: Record<string, unknown> | null;
}

/** A page of the audit log, newest first. */
export class AuditEntryPageDto {
  /** The changes. */
  data: AuditEntryDto[];

  /** The `cursor` of the next page; null on the last page. @example "MDE5YWIyYzQ" */
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
