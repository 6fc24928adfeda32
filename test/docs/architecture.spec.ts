import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const docs = join(import.meta.dirname, '../../docs');

interface Step {
  /** `Class.method`, or the name of a function. */
  name: string;
  file: string;
  /** The constant that names the queue behind this step. */
  queue: string | null;
  text: string;
}

/** Every numbered walk of the page: its steps in order. */
function readWalks(): Step[][] {
  const lines = readFileSync(join(docs, 'architecture.md'), 'utf8').split('\n');
  const walks: Step[][] = [];
  for (const line of lines) {
    const [, number, name, link] = /^(\d+)\. \[`([\w.]+)`\]\(([^)]+)\)/.exec(line) ?? [];
    if (number === '1') walks.push([]);
    if (name !== undefined) walks.at(-1)!.push({ name, file: join(docs, link!), queue: null, text: line });
    else if (/^ {3,}\S/.test(line) && walks.length > 0) walks.at(-1)!.at(-1)!.text += ` ${line.trim()}`;
  }
  for (const step of walks.flat()) step.queue = /Queue: `(\w+)`/.exec(step.text)?.[1] ?? null;
  return walks;
}

/** The names of everything that a function calls, also by way of other functions of its file. */
function callsOf({ name, file }: Step): Set<string> | null {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const [owner, method] = name.includes('.') ? (name.split('.') as [string, string]) : [null, name];
  const bodies = new Map<string, ts.Node>();
  let start: ts.Node | undefined;
  const collect = (node: ts.Node): void => {
    if ((ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) && node.name !== undefined) {
      const own = node.name.getText();
      bodies.set(own, node);
      const className = ts.isClassDeclaration(node.parent) ? (node.parent.name?.text ?? null) : null;
      if (own === method && className === owner) start = node;
    } else if (ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node)) {
      if (node.initializer !== undefined) bodies.set(node.name.getText(), node.initializer);
    }
    ts.forEachChild(node, collect);
  };
  collect(source);
  if (start === undefined) return null;
  const called = new Set<string>();
  const visit = (node: ts.Node): void => {
    const names = ts.isCallExpression(node)
      ? [ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : node.expression.getText()]
      : ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword
        ? [node.name.text]
        : [];
    for (const each of names) {
      if (called.has(each)) continue;
      called.add(each);
      const body = bodies.get(each);
      if (body !== undefined) visit(body);
    }
    ts.forEachChild(node, visit);
  };
  visit(start);
  return called;
}

const simpleName = ({ name }: Step): string => name.split('.').at(-1)!;

describe('The walks in docs/architecture.md', () => {
  const walks = readWalks();

  test('are all read', () => {
    expect(walks.map(({ length }) => length)).toEqual([14, 8, 2]);
  });

  test.each(walks.flat().map((step) => [step.name, step] as const))('%s exists where the page says', (_name, step) => {
    expect(existsSync(step.file)).toBe(true);
    expect(callsOf(step)).not.toBeNull();
  });

  const pairs = walks.flatMap((walk) =>
    walk.slice(1).map((step, n) => [step.name, walk.slice(0, n + 1), step] as const),
  );

  test.each(pairs)('%s is reached from a step before it', (_name, before, step) => {
    const previous = before.at(-1)!;
    if (previous.queue !== null) {
      for (const { file } of [previous, step]) expect(readFileSync(file, 'utf8')).toContain(previous.queue);
      return;
    }
    const callers = before.filter((each) => callsOf(each)!.has(simpleName(step)));
    expect({ step: step.name, callers: callers.map(({ name }) => name) }).toEqual({
      step: step.name,
      callers: expect.arrayContaining([expect.any(String)]),
    });
  });
});
