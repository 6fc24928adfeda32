import { SWC_OPTIONS } from './scripts/swc-options.ts';

// Nest 12 and several libraries are ESM only: Jest runs as ESM too, and swc turns TypeScript into it.
// Run as `node --experimental-vm-modules node_modules/jest/bin/jest.js --selectProjects unit`.
const project = (displayName, testMatch, more = {}) => ({
  displayName,
  testMatch: testMatch.map((pattern) => `<rootDir>/${pattern}`),
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', SWC_OPTIONS] },
  // Our sources import './x.js' for x.ts; .js stays first, since packages may ship their .ts beside it.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  moduleFileExtensions: ['js', 'mjs', 'cjs', 'ts', 'json', 'node'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
  setupFiles: ['<rootDir>/test/support/setup.ts'],
  ...more,
});

const onPostgres = {
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};

/** The first ring: what `npm test` runs. */
const tests = [
  // A folder inside a proof holds its program, with unit specs beside it.
  project('unit', [
    'src/**/*.spec.ts',
    'simulator/test/**/*.spec.ts',
    'test/docs/*.spec.ts',
    'test/structure/*.spec.ts',
    'test/proofs/*/*/**/*.spec.ts',
  ]),
  // The console's logic, in plain Node: without a browser, Nest or the service.
  project('console', ['console/src/**/*.spec.ts'], { setupFiles: [] }),
  project('integration', ['test/integration/*.spec.ts'], onPostgres),
  project('queue', ['test/queue/*.spec.ts'], onPostgres),
  project('e2e', ['test/e2e/*.spec.ts'], onPostgres),
  project('attacks', ['test/attacks/*.spec.ts'], onPostgres),
  // Against the demo, which brings its own PostgreSQL.
  project('browser', ['test/browser/*.spec.ts']),
];

/** The proofs: what `npm run proofs` runs, by name of their folder (test/proofs/proofs.ts). */
const proofs = project('proofs', ['test/proofs/*/*.spec.ts'], onPostgres);

export default {
  watchman: false,
  // One after the other, in a process that is replaced once it has grown: modules of ESM stay in memory for good.
  maxWorkers: 1,
  workerIdleMemoryLimit: '1.5GB',
  // Of all projects: Jest ignores it in one of them.
  testTimeout: 120_000,
  reporters: [
    'default',
    '<rootDir>/test/support/closing-line.reporter.ts',
    '<rootDir>/test/support/seconds.reporter.ts',
  ],
  projects: [...tests, proofs],
};
