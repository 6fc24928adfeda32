import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '../../../scripts/temporary-folder.ts';
import { BROKEN_BUILDS, breakBuild } from '../../faults/broken-builds.ts';

// What runs them comes last and takes minutes; whether they can still be made shows at once.
describe('The builds that are broken on purpose', () => {
  let folder: Awaited<ReturnType<typeof makeTemporaryFolder>>;

  beforeAll(async () => {
    folder = await makeTemporaryFolder('broken-builds');
  });
  afterAll(() => folder.remove());

  test.each(BROKEN_BUILDS.map((build, n) => ({ ...build, n })))('$name', async ({ n, ...build }) => {
    const main = await breakBuild(build, join(folder.path, String(n)));
    await expect(access(main)).resolves.toBeUndefined();
  });
});
