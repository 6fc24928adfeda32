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

/**
 * Why the database may lose what it has committed, in words with the way out.
 * https://www.postgresql.org/docs/current/runtime-config-wal.html
 */
export async function findDatabaseRisks(database: { query(sql: string): Promise<unknown> }): Promise<string[]> {
  const [settings] = (await database.query(SQL)) as [Settings];
  return databaseRisks(settings);
}

export function databaseRisks(settings: Settings): string[] {
  const { fsync, full_page_writes, synchronous_commit, synchronous_standby_names, data_checksums, standbys } = settings;
  const risks: string[] = [];
  const notOn = (name: string): number =>
    risks.push(`PostgreSQL loses accepted SMS in a power failure: set ${name} to on.`);
  if (fsync !== 'on') notOn('fsync');
  if (full_page_writes !== 'on') notOn('full_page_writes');
  if (synchronous_commit === 'off') notOn('synchronous_commit');
  if (standbys > 0 && (synchronous_standby_names === '' || synchronous_commit === 'local'))
    risks.push('A standby that takes over may lack accepted SMS: name it in synchronous_standby_names.');
  if (data_checksums !== 'on')
    risks.push('PostgreSQL cannot tell when its disk damages data: run pg_checksums --enable while it is down.');
  return risks;
}
