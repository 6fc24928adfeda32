import { appendFileSync } from 'node:fs';
import { relative } from 'node:path';

interface TestFile {
  path: string;
  context: { config: { rootDir: string } };
}

interface FileResult {
  perfStats: { start: number; end: number };
}

/** Appends `{ file, seconds }` of each spec file to the file that SPEC_SECONDS names, one JSON object a line. */
export default class SecondsReporter {
  onTestResult({ path, context }: TestFile, { perfStats }: FileResult): void {
    const target = process.env['SPEC_SECONDS'];
    if (target === undefined) return;
    const seconds = Math.round((perfStats.end - perfStats.start) / 100) / 10;
    appendFileSync(target, `${JSON.stringify({ file: relative(context.config.rootDir, path), seconds })}\n`);
  }
}
