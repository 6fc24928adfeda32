import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';
import type { UserRole } from './scopes.js';

/** A person who signs in. */
@Entity('users')
export class User {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  accountId: string;

  /** The address in lower case; it is unique across all accounts. */
  @Column('text')
  email: string;

  /** See `password.ts`. */
  @Column('text')
  passwordHash: string;

  @Column('text')
  role: UserRole;

  /** Whether somebody else knows the password, so that the user must change it before doing anything else. */
  @Column('boolean')
  mustChangePassword: boolean;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt: Date;

  @Column('timestamptz', { nullable: true })
  disabledAt: Date | null;
}

/** A user as the subject of an entry of the audit log. */
export const subjectOf = ({ id, email }: User) => ({ id, name: email });
