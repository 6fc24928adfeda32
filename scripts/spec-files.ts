// Which spec file belongs to which ring: its folder says it, by the patterns of jest.config.js.
import { globSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import config from '../jest.config.js';

const root = join(import.meta.dirname, '..');

const { projects } = config;
const PROOFS = 'proofs';

/** The Jest projects of `npm test`. */
export const testProjects = projects.map(({ displayName }) => displayName).filter((name) => name !== PROOFS);

/** Every spec file of the repository, by its path from the root. */
export const findSpecFiles = (): string[] =>
  globSync('{src,simulator,console,test,bench,scripts,demo,examples,migrations,packages}/**/*.spec.{ts,tsx}', {
    cwd: root,
    exclude: (name) => name === 'node_modules' || name === 'dist',
  }).toSorted();

/** The Jest projects that run a spec file. */
export const projectsOf = (file: string): string[] =>
  projects
    .filter(({ testMatch }) => testMatch.some((pattern) => matchesGlob(file, pattern.replace('<rootDir>/', ''))))
    .map(({ displayName }) => displayName);

/** The name of the proof that runs a spec file; null when none does. */
export const proofOf = (file: string): string | null =>
  projectsOf(file).includes(PROOFS) ? (file.split('/')[2] ?? null) : null;
