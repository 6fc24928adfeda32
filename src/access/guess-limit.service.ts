import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Problem } from '../common/problem.js';

const MAX_FREE_FAILURES = 4;
const MIN_BLOCK_SECONDS = 30;
const MAX_BLOCK_SECONDS = 900;
const RETENTION = '1 hour';

export class TooManyAttempts extends Problem {
  constructor(readonly retryAfterSeconds: number) {
    super(429, 'too_many_attempts', 'Too many wrong passwords. Try again in {{seconds}} seconds.', {
      params: { seconds: retryAfterSeconds },
    });
  }
}

/** A guess, which counts as wrong until it is returned. */
interface Guess {
  key: string;
  blockedUntil: string | null;
}

/**
 * Counts wrong guesses in the database, for all processes together. From the fifth on, each wrong guess blocks its key for
 * twice as long as the previous one, which allows at most nine guesses in a quarter of an hour.
 */
@Injectable()
export class GuessLimitService {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Counts one guess for each key before the guess is checked, so that a hundred concurrent guesses are limited like a
   * hundred consecutive ones.
   * @throws TooManyAttempts when a key is blocked; then the guess counts for no key
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

  /** Call it for a correct guess: it no longer counts, and the block that it set is lifted. */
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

  async deleteExpired(): Promise<void> {
    await this.dataSource.query(`DELETE FROM login_attempts WHERE updated_at < now() - interval '${RETENTION}'`);
  }

  /** @returns null when the key is blocked */
  private async takeOne(key: string): Promise<Guess | null> {
    const [row] = await this.dataSource.query<{ blocked_until: string | null }[]>(
      `INSERT INTO login_attempts AS a (key, failures) VALUES ($1, 1)
       ON CONFLICT (key) DO UPDATE SET
         failures = CASE WHEN a.updated_at < now() - interval '${RETENTION}' THEN 1 ELSE a.failures + 1 END,
         blocked_until = CASE
           WHEN a.updated_at < now() - interval '${RETENTION}' OR a.failures < ${MAX_FREE_FAILURES} THEN NULL
           ELSE now() + least(${MIN_BLOCK_SECONDS} * 2 ^ least(a.failures - ${MAX_FREE_FAILURES}, 10),
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
