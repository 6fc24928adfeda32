import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { decodeCursor, NUMBER_POSITION, type Page, type PageQuery, toPage } from '../common/cursor-page.js';
import { type OptOutDto, presentOptOut } from './opt-out.dto.js';
import { OptOut } from './opt-out.entity.js';
import type { Pair } from './opt-outs.queries.js';

/** What people read of the ledger. */
@Injectable()
export class OptOutsService {
  constructor(@InjectRepository(OptOut) private readonly optOuts: Repository<OptOut>) {}

  /** What is known of the customer and the number, from whichever contact; the first row says how it stands. */
  async list(accountId: string, pair: Pair, { limit, cursor }: PageQuery): Promise<Page<OptOutDto>> {
    const rows = this.optOuts.createQueryBuilder('row').where(OF_PAIR, { accountId, ...pair });
    if (cursor !== undefined) rows.andWhere(BEFORE, { position: decodeCursor(cursor, NUMBER_POSITION) });
    const page = await rows
      .orderBy('row.at', 'DESC')
      .addOrderBy('row.position', 'DESC')
      .limit(limit + 1)
      .getMany();
    return toPage(page, limit, ({ position }) => position, presentOptOut);
  }
}

const OF_PAIR = 'row.account_id = :accountId AND row.customer = :customer AND row.phone_number = :phoneNumber';
const BEFORE = `(row.at, row.position) < (
  SELECT at, position FROM opt_outs
  WHERE account_id = :accountId AND customer = :customer AND phone_number = :phoneNumber AND position = :position)`;
