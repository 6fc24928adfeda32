import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Problem } from '../common/problem.js';

const FREE_FAILURES = 4;
const FIRST_BLOCK_SECONDS = 30;
const MAX_BLOCK_SECONDS = 900;
const FORGOTTEN_AFTER = '1 hour';

export class TooManyAttempts extends Problem {
  constructor(readonly retryAfterSeconds: number) {
    super(429, 'too_many_attempts', 'Too many wrong passwords. Try again in {{seconds}} seconds.', {
      params: { seconds: retryAfterSeconds },
    });
  }
}

/** A guess that counts as wrong until it is given back. */
interface Guess {
  key: string;
  blockedUntil: string | null;
}

/**
 * Counts wrong guesses in the database, shared by all processes. From the fifth on each blocks its key for twice as long
 * as the one before: nine guesses in a quarter of an hour at most.
 */
@Injectable()
export class GuessLimitService {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Counts one guess for each key, before it is looked at: of a hundred at once no more get through than of a hundred
   * in a row.
   * @throws TooManyAttempts when a key is blocked; then the guess counts for none
   */
  async take(keys: string[]): Promise<Guess[]> {
    const taken: Guess[] = [];
    for (const key of keys) {
      const guess = await this.takeOne(key);
      if (guess === null) {
        await this.giveBack(taken);
        throw new TooManyAttempts(await this.secondsLeft(key));
      }
      taken.push(guess);
    }
    return taken;
  }

  /** The guess was right: it counts no longer, and the block that it set is lifted. */
  async giveBack(guesses: Guess[]): Promise<void> {
    for (const { key, blockedUntil } of guesses) {
      await this.dataSource.query(
        `UPDATE login_attempts SET failures = greatest(failures - 1, 0),
           blocked_until = CASE WHEN blocked_until = $2::timestamptz THEN NULL ELSE blocked_until END
         WHERE key = $1`,
        [key, blockedUntil],
      );
    }
  }

  async reset(key: string): Promise<void> {
    await this.dataSource.query('DELETE FROM login_attempts WHERE key = $1', [key]);
  }

  async forgetOld(): Promise<void> {
    await this.dataSource.query(`DELETE FROM login_attempts WHERE updated_at < now() - interval '${FORGOTTEN_AFTER}'`);
  }

  /** @returns null when the key is blocked */
  private async takeOne(key: string): Promise<Guess | null> {
    const [row] = await this.dataSource.query<{ blocked_until: string | null }[]>(
      `INSERT INTO login_attempts AS a (key, failures) VALUES ($1, 1)
       ON CONFLICT (key) DO UPDATE SET
         failures = CASE WHEN a.updated_at < now() - interval '${FORGOTTEN_AFTER}' THEN 1 ELSE a.failures + 1 END,
         blocked_until = CASE
           WHEN a.updated_at < now() - interval '${FORGOTTEN_AFTER}' OR a.failures < ${FREE_FAILURES} THEN NULL
           ELSE now() + least(${FIRST_BLOCK_SECONDS} * 2 ^ least(a.failures - ${FREE_FAILURES}, 10),
             ${MAX_BLOCK_SECONDS}) * interval '1 second'
         END,
         updated_at = now()
       WHERE a.blocked_until IS NULL OR a.blocked_until <= now()
       RETURNING blocked_until::text`,
      [key],
    );
    return row === undefined ? null : { key, blockedUntil: row.blocked_until };
  }

  private async secondsLeft(key: string): Promise<number> {
    const [row] = await this.dataSource.query<{ seconds: number }[]>(
      'SELECT ceil(extract(epoch FROM blocked_until - now()))::integer AS seconds FROM login_attempts WHERE key = $1',
      [key],
    );
    return Math.max(row?.seconds ?? 1, 1);
  }
}
