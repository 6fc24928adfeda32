// Writes openapi.json as the built service serves it; with --check it only compares.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'prettier';
import { writeOrCompare } from './generated-file.ts';
import { startService } from './service-process.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'sms-inbound-openapi-'));
const service = await startService({ env: { DATA_DIR: dataDir, LOG_LEVEL: 'warn' } });
try {
  const document = await (await fetch(`${service.url}/openapi.json`)).text();
  writeOrCompare('openapi.json', await format(document, { parser: 'json', printWidth: 120 }));
} finally {
  await service.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
