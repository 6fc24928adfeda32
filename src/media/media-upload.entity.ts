import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** A picture or file that an agent uploaded. Sending it makes it part of a message; if never sent, it is deleted after a day. */
@Entity('media_uploads')
export class MediaUpload {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  accountId: string;

  /** Its key in the media store, recorded before the bytes are stored, so that partial uploads can be found. */
  @Column('text')
  storageKey: string;

  /** The type detected from the bytes; null until all bytes are stored. */
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
