import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** The tenant. Everything else belongs to one account and is invisible to every other. */
@Entity('accounts')
export class Account {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  name: string;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;
}
