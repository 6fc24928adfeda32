import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { Migrations } from '../../src/database/data-source.js';

const folder = join(import.meta.dirname, '../../migrations');

/** Loads the real migrations from their sources, in order. */
export async function loadMigrations(): Promise<Migrations> {
  const files = globSync('*.ts', { cwd: folder }).toSorted();
  const modules = (await Promise.all(files.map((file) => import(join(folder, file))))) as Record<string, unknown>[];
  return modules.flatMap((module) => Object.values(module)) as Migrations;
}
