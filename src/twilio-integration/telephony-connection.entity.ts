import { Column, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';

export type TelephonyState = 'connected' | 'failing' | 'disconnected';

/** The account's Twilio ACCOUNT SID and AUTH TOKEN, which every entry point uses. */
@Entity('telephony_connections')
export class TelephonyConnection {
  @PrimaryColumn('uuid')
  accountId: string;

  @Column('text')
  accountSid: string;

  /** Sealed; null once disconnected. */
  @Column('text', { nullable: true })
  authToken: string | null;

  @Column('text', { nullable: true, name: 'auth_token_last4' })
  authTokenLast4: string | null;

  /** Sealed; the token with which Twilio will sign after a rotation. */
  @Column('text', { nullable: true })
  nextAuthToken: string | null;

  @Column('text', { nullable: true })
  friendlyName: string | null;

  @Column('text')
  state: TelephonyState;

  @Column('timestamptz', { nullable: true })
  verifiedAt: Date | null;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt: Date;
}
