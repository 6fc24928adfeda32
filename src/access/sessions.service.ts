import { Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { Problem } from '../common/problem.js';
import { User } from './user.entity.js';

const LONGEST = '12 hours';
const IDLE = '30 minutes';
const LAST_SEEN_RESOLUTION = '1 minute';

/** When the session `s` of the user `u` is in force. */
export const SESSION_IN_FORCE = `s.expires_at > now() AND s.last_seen_at > now() - interval '${IDLE}' AND u.disabled_at IS NULL`;

/** A session that is in force, and whose it is. */
export interface LiveSession {
  idHash: Buffer;
  user: User;
}

/** Sessions are rows, so that each can be ended at once. The row holds a hash: who reads the table cannot use it. */
@Injectable()
export class SessionsService {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws Problem 401 in the same words whatever is wrong with the session */
  async authenticate(sessionId: string): Promise<LiveSession> {
    const idHash = hashSessionId(sessionId);
    const { entities, raw } = await this.dataSource
      .createQueryBuilder(User, 'u')
      .innerJoin('sessions', 's', 's.user_id = u.id')
      .addSelect(`s.last_seen_at < now() - interval '${LAST_SEEN_RESOLUTION}'`, 'is_due')
      .where(`s.id_hash = :idHash AND ${SESSION_IN_FORCE}`, { idHash })
      .getRawAndEntities<{ is_due: boolean }>();
    const [user] = entities;
    if (user === undefined) throw new Problem(401, 'unauthorized', 'This session has ended. Sign in again.');
    if (raw[0]!.is_due) {
      await this.dataSource.query('UPDATE sessions SET last_seen_at = now() WHERE id_hash = $1', [idHash]);
    }
    return { idHash, user };
  }

  /** @returns the id of the new session; null when the user was disabled, or got another password, in the meantime */
  async start({ id, passwordHash }: User, manager: EntityManager = this.dataSource.manager): Promise<string | null> {
    const sessionId = randomBytes(32).toString('base64url');
    // Locks the user, so that who changes the password and ends all sessions does not overlook this one.
    const started: unknown[] = await manager.query(
      `INSERT INTO sessions (id_hash, user_id, expires_at)
       SELECT $1, id, now() + interval '${LONGEST}' FROM users
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

  async forgetExpired(): Promise<void> {
    await this.dataSource.query('DELETE FROM sessions WHERE expires_at < now()');
  }
}

/** The id has 256 random bits, so no slow hash is needed. */
const hashSessionId = (sessionId: string): Buffer => createHash('sha256').update(sessionId).digest();
