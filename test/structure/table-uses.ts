import ts from 'typescript';

/** That a file reads or writes a table. */
export interface TableUse {
  /** Such as `src/contacts/contacts.queries.ts:12`. */
  place: string;
  folder: string;
  /** Null when the call does not say which one. */
  table: string | null;
  isWrite: boolean;
}

export interface SourceFile {
  /** Such as `src/contacts/contacts.queries.ts`. */
  path: string;
  text: string;
}

const ORM_WRITES = new Set(
  'insert into update upsert save delete remove softDelete softRemove restore recover increment decrement clear'.split(
    ' ',
  ),
);
const SQL_WRITES = /\b(?:UPDATE|INTO|TRUNCATE|COPY|LOCK TABLE|DELETE FROM)\s+(?:ONLY\s+)?(\w+)/g;
const SQL_FROM = /\b(?:FROM|JOIN|USING)\s/g;
/** One item of a FROM list, as far as it can be told without its parentheses, and whether another one follows. */
const FROM_ITEM = /^\s*(?:ONLY\s+|LATERAL\s+)*(\w+)?\s*(\(\))?(?:\s+(?:AS\s+)?[a-z]\w*)?\s*(?:\(\))?\s*(,)?/;

/** Every use of these tables: in SQL, by the ORM's entities, or handed by name to what works on any table. */
export function findTableUses(files: SourceFile[], tables: Iterable<string>): TableUse[] {
  const known = new Set(tables);
  const parsed = files.map(({ path, text }) => ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  const tableOf = new Map(parsed.flatMap(findEntities));
  return parsed.flatMap((file) => findInFile(file, known, tableOf));
}

/** The table of each class that is an entity. */
export function findEntities(file: ts.SourceFile): [className: string, table: string][] {
  return file.statements.filter(ts.isClassDeclaration).flatMap((declaration) => {
    const [, table] = /^@Entity\('(\w+)'\)/m.exec(declaration.getText()) ?? [];
    return table === undefined ? [] : [[declaration.name!.text, table] as [string, string]];
  });
}

function findInFile(file: ts.SourceFile, known: Set<string>, tableOf: Map<string, string>): TableUse[] {
  const uses: TableUse[] = [];
  const repositories = findRepositories(file);
  const folder = file.fileName.split('/')[1]!;
  const visit = (node: ts.Node): void => {
    const add = (table: string | null, isWrite: boolean): void => {
      const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      uses.push({ place: `${file.fileName}:${line}`, folder, table, isWrite });
    };
    if (ts.isDecorator(node) || ts.isImportDeclaration(node)) return;
    const text = textOf(node);
    if (text !== null) {
      // What is handed a table's name may write it.
      if (known.has(text)) add(text, true);
      for (const { table, isWrite } of findInSql(text)) if (known.has(table)) add(table, isWrite);
    }
    if (ts.isCallExpression(node)) {
      const written = findWritten(node, repositories, tableOf);
      if (written !== undefined) add(written, true);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return uses;
}

/** What stands between ${ and } is a statement of its own, or no table. */
function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map(({ literal }) => `?${literal.text}`).join('');
  }
  return null;
}

function findInSql(text: string): { table: string; isWrite: boolean }[] {
  const sql = text.replaceAll(/--.*$/gm, '').replaceAll('"', '');
  const writes = [...sql.matchAll(SQL_WRITES)].map(([, table]) => ({ table: table!, isWrite: true }));
  const reads = [...sql.matchAll(SQL_FROM)].flatMap(({ index, 0: word }) => findInList(sql.slice(index + word.length)));
  return [...writes, ...reads.map((table) => ({ table, isWrite: false }))];
}

function findInList(list: string): string[] {
  const tables: string[] = [];
  for (let rest = emptyParentheses(list), isMore = true; isMore;) {
    const [item, name, call, comma] = FROM_ITEM.exec(rest)!;
    if (name !== undefined && call === undefined) tables.push(name);
    rest = rest.slice(item.length);
    isMore = comma !== undefined;
  }
  return tables;
}

/** What stands in parentheses is looked at by itself, and what comes after the list's own closing one does not belong to it. */
function emptyParentheses(list: string): string {
  let [depth, kept] = [0, ''];
  for (const character of list) {
    if (character === ')' && --depth < 0) break;
    if (depth === 0) kept += character;
    if (character === '(') depth++;
  }
  return kept;
}

/** Such as `contacts` of `private readonly contacts: Repository<Contact>`. */
function findRepositories(file: ts.SourceFile): Map<string, string> {
  return new Map([...file.text.matchAll(/(\w+): Repository<(\w+)>/g)].map(([, name, entity]) => [name!, entity!]));
}

/** The table that a call of the ORM writes; null when it does not say which, undefined when it writes none. */
function findWritten(
  { expression, arguments: [first] }: ts.CallExpression,
  repositories: Map<string, string>,
  tableOf: Map<string, string>,
): string | null | undefined {
  if (!ts.isPropertyAccessExpression(expression)) return undefined;
  const [method, receiver] = [expression.name.text, expression.expression.getText()];
  if (!ORM_WRITES.has(method) && !(method === 'from' && receiver.includes('.delete('))) return undefined;
  const words = `${receiver} ${first !== undefined && ts.isIdentifier(first) ? first.text : ''}`.match(/\w+/g) ?? [];
  const named = words.flatMap((word) => tableOf.get(repositories.get(word) ?? word) ?? []);
  if (named.length > 0) return named.at(-1)!;
  return /(^|\.)(manager|savepoint)$/.test(receiver) ? null : undefined;
}
