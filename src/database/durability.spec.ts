import { expect, test } from '@jest/globals';
import { DATABASE_RISKS, databaseRisks } from './durability.js';
import { fillIn } from '../common/sentence.js';

const SAFE = {
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  synchronous_standby_names: '',
  data_checksums: 'on',
  standbys: 0,
};

test.each<[Partial<typeof SAFE>, RegExp[]]>([
  [{}, []],
  [{ synchronous_commit: 'remote_apply', synchronous_standby_names: 'ANY 1 (*)', standbys: 2 }, []],
  [{ fsync: 'off' }, [/set fsync to on/]],
  [{ full_page_writes: 'off' }, [/set full_page_writes to on/]],
  [{ synchronous_commit: 'off' }, [/set synchronous_commit to on/]],
  [{ synchronous_commit: 'local' }, []],
  [{ standbys: 1 }, [/synchronous_standby_names/]],
  [{ standbys: 1, synchronous_standby_names: '*', synchronous_commit: 'local' }, [/synchronous_standby_names/]],
  [{ data_checksums: 'off' }, [/pg_checksums/]],
  [{ fsync: 'off', synchronous_commit: 'off' }, [/set fsync, synchronous_commit to on/]],
  [{ fsync: 'off', data_checksums: 'off' }, [/fsync/, /pg_checksums/]],
])('PostgreSQL with %j', (settings, expected) => {
  const risks = databaseRisks({ ...SAFE, ...settings }).map(({ reason, params }) =>
    fillIn(DATABASE_RISKS[reason], params),
  );
  expect(risks).toEqual(expected.map((each) => expect.stringMatching(each)));
});
