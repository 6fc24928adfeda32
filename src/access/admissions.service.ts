import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { IS_VALID_SESSION } from './sessions.service.js';

/** The session or API key with which a request was authenticated. */
export interface Admission {
  sessionIdHash: Buffer | null;
  apiKeyId: string | null;
}

/** Checks, for connections that outlive their request, whether its session or API key is still valid. */
@Injectable()
export class AdmissionsService {
  constructor(private readonly dataSource: DataSource) {}

  /** Does not extend the sessions, since nobody needs to be at the screen. @returns the admissions that are no longer valid */
  async findEnded<T extends Admission>(admissions: T[]): Promise<T[]> {
    const ended = await this.dataSource.query<{ n: number }[]>(
      `SELECT n::integer FROM unnest($1::bytea[], $2::uuid[]) WITH ORDINALITY AS a (session_id_hash, api_key_id, n)
       WHERE NOT EXISTS (
           SELECT FROM sessions s JOIN users u ON u.id = s.user_id
           WHERE s.id_hash = a.session_id_hash AND ${IS_VALID_SESSION})
         AND NOT EXISTS (SELECT FROM api_keys k WHERE k.id = a.api_key_id AND k.revoked_at IS NULL)`,
      [admissions.map(({ sessionIdHash }) => sessionIdHash), admissions.map(({ apiKeyId }) => apiKeyId)],
    );
    return ended.map(({ n }) => admissions[n - 1]!);
  }
}
