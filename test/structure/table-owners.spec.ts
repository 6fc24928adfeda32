import { describe, expect, test } from '@jest/globals';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { findTableUses, type SourceFile, type TableUse } from './table-uses.js';

const ROOT = join(import.meta.dirname, '../..');
const folders = createRequire(import.meta.url)('../../folders.cjs') as Record<string, string[]>;

const order = Object.keys(folders);
const ownerOf = new Map(Object.entries(folders).flatMap(([folder, tables]) => tables.map((table) => [table, folder])));

/** What a use breaks, as a sentence; null when it may be. */
function complain({ place, folder, table, isWrite }: TableUse): string | null {
  if (table === null)
    return `${place} writes a table without naming its entity: pass the class, as in save(Contact, …).`;
  const owner = ownerOf.get(table)!;
  if (folder === owner) return null;
  if (isWrite) return `${place} writes ${table}, which belongs to ${owner}/: call a function of that folder.`;
  if (order.indexOf(owner) < order.indexOf(folder)) return null;
  return `${place} reads ${table} of ${owner}/, which stands below ${folder}/ in folders.cjs: move the query there.`;
}

const usesIn = (files: SourceFile[]): TableUse[] => findTableUses(files, ownerOf.keys());
const complaintsAbout = (uses: TableUse[]): string[] => uses.flatMap((use) => complain(use) ?? []);

const read = (path: string): SourceFile => ({ path, text: readFileSync(join(ROOT, path), 'utf8') });
const sources = globSync('src/**/*.ts', { cwd: ROOT }).filter((path) => !path.endsWith('.spec.ts'));

/** The tables that there are after all migrations. */
function findTables(): string[] {
  const tables = new Set<string>();
  for (const path of globSync('migrations/*.ts', { cwd: ROOT }).toSorted()) {
    const up = read(path).text.split('async down(')[0]!;
    const changes = up.matchAll(/\bCREATE TABLE (\w+)|\bDROP TABLE (\w+)|\bALTER TABLE (\w+) RENAME TO (\w+)/g);
    for (const [, created, dropped, before, after] of changes) {
      tables.delete(dropped ?? before ?? '');
      tables.add((created ?? after)!);
    }
  }
  return [...tables].toSorted();
}

describe('folders.cjs', () => {
  test('names every folder of src/', () => {
    const found = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(order.toSorted()).toEqual(found.map(({ name }) => name).toSorted());
  });

  test('gives every table one owner', () => {
    expect(Object.values(folders).flat().toSorted()).toEqual(findTables());
  });
});

describe('tables', () => {
  const uses = usesIn(sources.map(read));

  test('are written by their owner alone, and read by it and by what stands below it', () => {
    expect(complaintsAbout(uses)).toEqual([]);
  });

  test('are all seen in use', () => {
    const seen = new Set(uses.map(({ table }) => table));
    expect(findTables().filter((table) => !seen.has(table))).toEqual([]);
  });
});

describe("a contact's version", () => {
  const changes = sources.flatMap(
    (path) => read(path).text.match(/\b(UPDATE contacts\b[^`]*|update\(Contact,[^;]*)/g) ?? [],
  );

  test('is raised by raisedVersion() alone', () => {
    const raised = changes.filter((change) => /\bversion\b\s*[:=]/.test(change));
    expect(raised.length).toBeGreaterThan(5);
    expect(raised.filter((change) => !/\bversion\b\s*(: raisedVersion|= \$\{raisedVersion\()/.test(change))).toEqual(
      [],
    );
  });
});

describe('who breaks it is told', () => {
  const WRITES = 'src/media/x.ts:1 writes contacts, which belongs to contacts/: call a function of that folder.';
  const READS =
    'src/media/x.ts:1 reads contacts of contacts/, which stands below media/ in folders.cjs: move the query there.';
  const NAMELESS = 'src/media/x.ts:1 writes a table without naming its entity: pass the class, as in save(Contact, …).';
  const entity: SourceFile = { path: 'src/contacts/contact.entity.ts', text: `@Entity('contacts') class Contact {}` };

  test.each([
    ['an UPDATE', '`UPDATE contacts SET version = 1`', WRITES],
    ['an UPDATE within a statement', '`WITH counted AS (UPDATE contacts AS c SET x = 1) SELECT 1`', WRITES],
    ['an INSERT', '`INSERT INTO contacts (id) VALUES (${id})`', WRITES],
    ['a DELETE', '`DELETE FROM contacts`', WRITES],
    ["the table's name for something generic", `sweep({ name: 'contacts' })`, WRITES],
    ['an update by the ORM', 'manager.update(Contact, { id }, { version })', WRITES],
    ['a save by the ORM', 'manager.save(Contact, contact)', WRITES],
    ['a repository', 'class A { constructor(rows: Repository<Contact>) { rows.delete({ id }) } }', WRITES],
    ['a query builder', 'manager.createQueryBuilder().update(Contact).set({ version })', WRITES],
    ['a query builder that deletes', 'manager.createQueryBuilder().delete().from(Contact)', WRITES],
    ['a save of who knows what', 'manager.save(contact)', NAMELESS],
    ['a SELECT', '`SELECT ani FROM contacts WHERE id = $1`', READS],
    ['a JOIN', '`SELECT 1 FROM message_media JOIN contacts AS c ON true`', READS],
    ['a list of tables', '`SELECT 1 FROM unnest($1::uuid[], $2) AS x (id, n), contacts AS c WHERE true`', READS],
    ['a subquery', '`SELECT (SELECT count(*) FROM contacts) FROM message_media`', READS],
    ['a fragment between parts', '`${WITH} SELECT ${COLUMNS} FROM contacts`', READS],
  ])('%s', (_, text, complaint) => {
    expect(complaintsAbout(usesIn([entity, { path: 'src/media/x.ts', text }]))).toContain(complaint);
  });

  test.each([
    ['its own table', '`UPDATE message_media SET state = $1`'],
    ['a table of a folder above', '`SELECT FROM accounts FOR NO KEY UPDATE OF accounts`'],
    ['a comment in SQL', '`SELECT 1 -- FROM contacts\n`'],
    ['a path', `@Controller('contacts') class A {}`],
    ['a function', '`SELECT 1 FROM contacts(1)`'],
    ['a read by the ORM', 'manager.find(Contact)'],
  ])('but not of %s', (_, text) => {
    expect(complaintsAbout(usesIn([entity, { path: 'src/media/x.ts', text }]))).toEqual([]);
  });
});
