import type { Finding } from '../common/sentence.js';

/** By reason: why the database may lose what it has committed, and what to do about it. */
export const DATABASE_RISKS = {
  database_forgets: 'PostgreSQL loses accepted SMS in a power failure: set {{settings}} to on.',
  standby_lacks: 'A standby that takes over may lack accepted SMS: list it in synchronous_standby_names.',
  damage_unseen:
    'PostgreSQL cannot detect data that its disk has damaged: run pg_checksums --enable while it is stopped.',
};

export type DatabaseRisk = Finding<keyof typeof DATABASE_RISKS>;

interface Settings {
  fsync: string;
  full_page_writes: string;
  synchronous_commit: string;
  synchronous_standby_names: string;
  data_checksums: string;
  standbys: number;
}

const SQL = `SELECT current_setting('fsync') AS fsync, current_setting('full_page_writes') AS full_page_writes,
  current_setting('synchronous_commit') AS synchronous_commit,
  current_setting('synchronous_standby_names') AS synchronous_standby_names,
  current_setting('data_checksums') AS data_checksums,
  (SELECT count(*)::int FROM pg_stat_replication) AS standbys`;

/** https://www.postgresql.org/docs/current/runtime-config-wal.html */
export async function findDatabaseRisks(database: { query(sql: string): Promise<unknown> }): Promise<DatabaseRisk[]> {
  const [settings] = (await database.query(SQL)) as [Settings];
  return databaseRisks(settings);
}

export function databaseRisks(settings: Settings): DatabaseRisk[] {
  const { fsync, full_page_writes, synchronous_commit, synchronous_standby_names, data_checksums, standbys } = settings;
  const unsafe = [
    ...(fsync === 'on' ? [] : ['fsync']),
    ...(full_page_writes === 'on' ? [] : ['full_page_writes']),
    ...(synchronous_commit === 'off' ? ['synchronous_commit'] : []),
  ];
  const risks: DatabaseRisk[] = [];
  if (unsafe.length > 0) risks.push({ reason: 'database_forgets', params: { settings: unsafe.join(', ') } });
  if (standbys > 0 && (synchronous_standby_names === '' || synchronous_commit === 'local'))
    risks.push({ reason: 'standby_lacks', params: {} });
  if (data_checksums !== 'on') risks.push({ reason: 'damage_unseen', params: {} });
  return risks;
}
