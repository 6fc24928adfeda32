// Writes openapi.json as the built service serves it; with --check it only compares.
import { format } from 'prettier';
import { writeOrCompare } from './generated-file.ts';
import { startService } from './service-process.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

const dataDir = await makeTemporaryFolder('openapi');
const service = await startService({ env: { DATA_DIR: dataDir.path, LOG_LEVEL: 'warn' } });
try {
  const answer = await fetch(`${service.url}/openapi.json`);
  const document = await answer.text();
  if (!answer.ok) throw new Error(`The service cannot describe its API: ${document}`);
  writeOrCompare('openapi.json', await format(document, { parser: 'json', printWidth: 120 }));
} finally {
  await service.stop();
  await dataDir.remove();
}
