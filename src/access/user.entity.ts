import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';
import type { UserRole } from './scopes.js';

/** A person who signs in. */
@Entity('users')
export class User {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  accountId: string;

  /** In lower case; unique across accounts. */
  @Column('text')
  email: string;

  /** See `password.ts`. */
  @Column('text')
  passwordHash: string;

  @Column('text')
  role: UserRole;

  /** Somebody else knows the password: nothing else is allowed until it is changed. */
  @Column('boolean')
  mustChangePassword: boolean;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt: Date;

  @Column('timestamptz', { nullable: true })
  disabledAt: Date | null;
}

/** A user as what an entry of the audit log is about. */
export const subjectOf = ({ id, email }: User) => ({ id, name: email });
