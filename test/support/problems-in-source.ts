import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';

/** A problem in the service's source: its code, and the placeholders of its message. */
export interface ProblemInSource {
  code: string;
  /** Whether it is about a field rather than the whole request. */
  isOfField: boolean;
  places: string[];
}

/** The functions that create problems, and which argument is the code. */
const MAKERS: Record<string, number> = { Problem: 1, super: 1, conflict: 0, unprocessable: 0, refuseField: 0 };

/** Finds every problem in the source. If one has several wordings, it has the placeholders that all of them share. */
export function findProblemsInSource(root: string): ProblemInSource[] {
  const found = new Map<string, ProblemInSource>();
  for (const path of globSync('src/**/*.ts', { cwd: root })) {
    if (path.endsWith('.spec.ts')) continue;
    const file = ts.createSourceFile(path, readFileSync(`${root}/${path}`, 'utf8'), ts.ScriptTarget.Latest, true);
    for (const problem of findInFile(file)) {
      const key = `${problem.isOfField} ${problem.code}`;
      const places = found.get(key)?.places.filter((place) => problem.places.includes(place)) ?? problem.places;
      found.set(key, { ...problem, places });
    }
  }
  return [...found.values()];
}

function findInFile(file: ts.SourceFile): ProblemInSource[] {
  const constants = new Map<string, string>();
  const found: ProblemInSource[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.initializer !== undefined && isText(node.initializer)) {
      constants.set(node.name.getText(), node.initializer.getText());
    }
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) found.push(...findInCall(node, constants));
    if (ts.isObjectLiteralExpression(node)) found.push(...findInObject(node, constants));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function findInCall(call: ts.CallExpression | ts.NewExpression, constants: Map<string, string>): ProblemInSource[] {
  const maker = call.expression.getText();
  const [code, ...rest] = call.arguments?.slice(MAKERS[maker] ?? Infinity) ?? [];
  if (code === undefined || !ts.isStringLiteral(code)) return [];
  const errors = maker === 'unprocessable' && rest[1]?.getText() !== 'undefined' ? rest[1] : undefined;
  // These errors have their own codes, and are found as object literals.
  if (errors?.getText().includes('code: ')) return [];
  const isOfField = maker === 'refuseField' || errors !== undefined;
  return [{ code: code.text, isOfField, places: placesOfAll(rest.flatMap((each) => sentencesIn(each, constants))) }];
}

/** Finds an error of a field with its own code. */
function findInObject(object: ts.ObjectLiteralExpression, constants: Map<string, string>): ProblemInSource[] {
  const valueOf = (name: string): ts.Node | undefined => {
    const property = object.properties.find((each) => each.name?.getText() === name);
    return property && ts.isPropertyAssignment(property) ? property.initializer : property?.name;
  };
  const [field, message, code] = ['field', 'message', 'code'].map(valueOf);
  if (field === undefined || message === undefined || !code || !ts.isStringLiteral(code)) return [];
  return [{ code: code.text, isOfField: true, places: placesOfAll(sentencesIn(message, constants)) }];
}

/** The texts that contain spaces, as sentences do; constants are resolved. */
function sentencesIn(node: ts.Node, constants: Map<string, string>): string[] {
  if (ts.isIdentifier(node)) return constants.has(node.text) ? [constants.get(node.text)!] : [];
  if (ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node)) return [];
  const found: string[] = [];
  ts.forEachChild(node, (child) => void found.push(...sentencesIn(child, constants)));
  if (!isText(node)) return found;
  const text = [node.getText(), ...found].join(' ');
  return text.includes(' ') ? [text] : [];
}

/** The placeholders that all wordings share. */
const placesOfAll = ([first = '', ...others]: string[]): string[] =>
  placesOf(first).filter((place) => others.every((each) => placesOf(each).includes(place)));

const isText = (node: ts.Node): boolean =>
  ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node);

/** The placeholders of a text: `{{name}}` in the service, `{{name, number}}` in the console. */
export const placesOf = (text: string): string[] => [
  ...new Set([...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name!)),
];
