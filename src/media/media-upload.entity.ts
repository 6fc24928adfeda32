import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** A picture or file that an agent has uploaded. Once it is sent, it is one of its message; never sent, it goes after a day. */
@Entity('media_uploads')
export class MediaUpload {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  accountId: string;

  /** Where the media store has it, or may have a part of it: noted before the bytes are put. */
  @Column('text')
  storageKey: string;

  /** What its bytes say that it is; null until all of them are in the media store. */
  @Column('text', { nullable: true })
  detectedType: string | null;

  /** In bytes. */
  @Column('int', { nullable: true })
  size: number | null;

  /** Of its bytes, in hex. */
  @Column('text', { nullable: true })
  sha256: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;
}
