import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';

/** What may go wrong, as the service's source has it: the code, and what its sentence tells of. */
export interface ProblemInSource {
  code: string;
  /** Whether it is told of a field, and not of the request as a whole. */
  isOfField: boolean;
  places: string[];
}

/** Where problems are made, and which argument is the code. */
const MAKERS: Record<string, number> = { Problem: 1, super: 1, conflict: 0, unprocessable: 0, refuseField: 0 };

/** Every problem that the source makes. Of one that it words in several ways, what all of them tell of. */
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
  // These have codes of their own, and are found as the objects they are.
  if (errors?.getText().includes('code: ')) return [];
  const isOfField = maker === 'refuseField' || errors !== undefined;
  return [{ code: code.text, isOfField, places: placesOfAll(rest.flatMap((each) => sentencesIn(each, constants))) }];
}

/** An error of a field with a code of its own. */
function findInObject(object: ts.ObjectLiteralExpression, constants: Map<string, string>): ProblemInSource[] {
  const valueOf = (name: string): ts.Node | undefined => {
    const property = object.properties.find((each) => each.name?.getText() === name);
    return property && ts.isPropertyAssignment(property) ? property.initializer : property?.name;
  };
  const [field, message, code] = ['field', 'message', 'code'].map(valueOf);
  if (field === undefined || message === undefined || !code || !ts.isStringLiteral(code)) return [];
  return [{ code: code.text, isOfField: true, places: placesOfAll(sentencesIn(message, constants)) }];
}

/** The texts with blanks, as sentences have them; constants are looked up. */
function sentencesIn(node: ts.Node, constants: Map<string, string>): string[] {
  if (ts.isIdentifier(node)) return constants.has(node.text) ? [constants.get(node.text)!] : [];
  if (ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node)) return [];
  const found: string[] = [];
  ts.forEachChild(node, (child) => void found.push(...sentencesIn(child, constants)));
  if (!isText(node)) return found;
  const text = [node.getText(), ...found].join(' ');
  return text.includes(' ') ? [text] : [];
}

/** Of one thing in several wordings: what all of them tell of. */
const placesOfAll = ([first = '', ...others]: string[]): string[] =>
  placesOf(first).filter((place) => others.every((each) => placesOf(each).includes(place)));

const isText = (node: ts.Node): boolean =>
  ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node);

/** What a text is filled in with: the service's `{{name}}`, the console's `{{name, number}}`. */
export const placesOf = (text: string): string[] => [
  ...new Set([...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name!)),
];
