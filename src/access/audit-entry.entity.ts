import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';
import type { ActorKind, AuditAction } from './audit-action.js';

/** One change that a user or an API key made. */
@Entity('audit_log')
export class AuditEntry {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  accountId: string;

  @CreateDateColumn({ type: 'timestamptz' })
  at: Date;

  @Column('text')
  actorKind: ActorKind;

  @Column('uuid')
  actorId: string;

  /** The name at the time of the change, since it may have changed or the key may have been revoked. */
  @Column('text')
  actorName: string;

  @Column('text')
  action: AuditAction;

  @Column('text')
  subjectId: string;

  @Column('text')
  subjectName: string;

  @Column('jsonb', { nullable: true })
  before: Record<string, unknown> | null;

  @Column('jsonb', { nullable: true })
  after: Record<string, unknown> | null;
}
