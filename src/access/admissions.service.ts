import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SESSION_IN_FORCE } from './sessions.service.js';

/** What a request was let in with: a session or an API key. */
export interface Admission {
  sessionIdHash: Buffer | null;
  apiKeyId: string | null;
}

/** For what outlives the request that was let in: whether it still would be. */
@Injectable()
export class AdmissionsService {
  constructor(private readonly dataSource: DataSource) {}

  /** Asking keeps no session from ending: nobody need be there. @returns those that have ended since */
  async findEnded<T extends Admission>(admissions: T[]): Promise<T[]> {
    const ended = await this.dataSource.query<{ n: number }[]>(
      `SELECT n::integer FROM unnest($1::bytea[], $2::uuid[]) WITH ORDINALITY AS a (session_id_hash, api_key_id, n)
       WHERE NOT EXISTS (
           SELECT FROM sessions s JOIN users u ON u.id = s.user_id
           WHERE s.id_hash = a.session_id_hash AND ${SESSION_IN_FORCE})
         AND NOT EXISTS (SELECT FROM api_keys k WHERE k.id = a.api_key_id AND k.revoked_at IS NULL)`,
      [admissions.map(({ sessionIdHash }) => sessionIdHash), admissions.map(({ apiKeyId }) => apiKeyId)],
    );
    return ended.map(({ n }) => admissions[n - 1]!);
  }
}
