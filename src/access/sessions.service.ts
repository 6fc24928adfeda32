import { Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { Problem } from '../common/problem.js';
import { User } from './user.entity.js';

const MAX_AGE = '12 hours';
const IDLE_TIMEOUT = '30 minutes';
const LAST_SEEN_RESOLUTION = '1 minute';

/** An SQL condition that is true while the session `s` of the user `u` is valid. */
export const IS_VALID_SESSION = `s.expires_at > now() AND s.last_seen_at > now() - interval '${IDLE_TIMEOUT}' AND u.disabled_at IS NULL`;

/** A valid session and its user. */
export interface LiveSession {
  idHash: Buffer;
  user: User;
}

/** Sessions are rows, so that each can be ended at once. A row contains a hash, so that nobody can use what is in the table. */
@Injectable()
export class SessionsService {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws Problem 401 with the same message, whatever is wrong with the session */
  async authenticate(sessionId: string): Promise<LiveSession> {
    const idHash = hashSessionId(sessionId);
    const { entities, raw } = await this.dataSource
      .createQueryBuilder(User, 'u')
      .innerJoin('sessions', 's', 's.user_id = u.id')
      .addSelect(`s.last_seen_at < now() - interval '${LAST_SEEN_RESOLUTION}'`, 'is_due')
      .where(`s.id_hash = :idHash AND ${IS_VALID_SESSION}`, { idHash })
      .getRawAndEntities<{ is_due: boolean }>();
    const [user] = entities;
    if (user === undefined) throw new Problem(401, 'unauthorized', 'This session has ended. Sign in again.');
    if (raw[0]!.is_due) {
      await this.dataSource.query('UPDATE sessions SET last_seen_at = now() WHERE id_hash = $1', [idHash]);
    }
    return { idHash, user };
  }

  /** @returns the id of the new session; null when the user was disabled or the password changed in the meantime */
  async start({ id, passwordHash }: User, manager: EntityManager = this.dataSource.manager): Promise<string | null> {
    const sessionId = randomBytes(32).toString('base64url');
    // Locks the user, so that a concurrent change of the password, which ends all sessions, does not miss this one.
    const started: unknown[] = await manager.query(
      `INSERT INTO sessions (id_hash, user_id, expires_at)
       SELECT $1, id, now() + interval '${MAX_AGE}' FROM users
       WHERE id = $2 AND password_hash = $3 AND disabled_at IS NULL FOR SHARE
       RETURNING user_id`,
      [hashSessionId(sessionId), id, passwordHash],
    );
    return started.length === 0 ? null : sessionId;
  }

  async end({ idHash }: LiveSession): Promise<void> {
    await this.dataSource.query('DELETE FROM sessions WHERE id_hash = $1', [idHash]);
  }

  async endAll(userId: string, manager: EntityManager = this.dataSource.manager): Promise<void> {
    await manager.query('DELETE FROM sessions WHERE user_id = $1', [userId]);
  }

  async deleteExpired(): Promise<void> {
    await this.dataSource.query('DELETE FROM sessions WHERE expires_at < now()');
  }
}

/** The id has 256 random bits, so it needs no slow hash. */
const hashSessionId = (sessionId: string): Buffer => createHash('sha256').update(sessionId).digest();
