// Who may import whom. Each folder of src/ imports only from those above it in folders.cjs.
const FOLDERS = Object.keys(require('./folders.cjs'));

/** server/ builds the application of app.module.ts; nothing else knows it. */
const compositionRoot = (folder) => (folder === 'server' ? ['main\\.ts'] : ['main\\.ts', 'app\\.module\\.ts']);

const upward = FOLDERS.flatMap((folder, i) => {
  const below = FOLDERS.slice(i + 1);
  if (below.length === 0) return [];
  return {
    name: `${folder}-imports-only-from-above`,
    comment: `src/${folder} stands above ${below.join(', ')}: what it needs of them belongs higher up, or the code that needs it lower down.`,
    severity: 'error',
    from: { path: `^src/${folder}/` },
    to: { path: `^src/(${[...below, ...compositionRoot(folder)].join('|')})(/|$)` },
  };
});

module.exports = {
  forbidden: [
    ...upward,
    {
      name: 'config-and-common-are-pure',
      comment: 'config/ and common/ import nothing of ours, so anything may import them.',
      severity: 'error',
      from: { path: '^src/(config|common)/' },
      to: { path: '^src/', pathNot: ['^src/(config|common)/'] },
    },
    {
      name: 'common-does-not-read-config',
      comment: 'common/ holds pure values: pass it what it needs.',
      severity: 'error',
      from: { path: '^src/common/' },
      to: { path: '^src/config/' },
    },
    {
      name: 'no-circles',
      comment: 'In ESM two classes that import each other compile, and then fail to load.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'only-twilio-integration-imports-twilio',
      comment: "Twilio's library and its words stay in one folder; the rest speaks ours.",
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/twilio-integration/' },
      to: { path: 'node_modules/twilio/' },
    },
    {
      name: 'only-the-queue-imports-bullmq',
      comment:
        'Which backend BullMQ runs on, and how it is told, is known in queue/, *.queue.ts and *.processor.ts only.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/queue/', '\\.(queue|processor)\\.ts$'] },
      to: { path: 'node_modules/(@nestjs/)?bullmq/' },
    },
    {
      name: 'one-way-out',
      comment:
        'What an address that a stranger gave leads to is asked in media-request.ts alone, and never in the house. ' +
        'What only listens, or only knows words of HTTP, is named here.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          '\\.spec\\.ts$',
          '^src/twilio-integration/(media-request|public-address)\\.ts$',
          '^src/(server/accepting-server|common/problem-details\\.filter|config/environment\\.rules|database/embedded-postgres)\\.ts$',
        ],
      },
      to: { path: '^(node:)?(dgram|dns|http2?|https|net|tls)(/|$)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the-product-does-not-know-the-simulator',
      comment: 'The simulator stands in for Twilio from outside, over HTTP.',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(simulator|demo|scripts|test|bench|examples)/' },
    },
    {
      name: 'the-simulator-stands-alone',
      comment: 'It plays Twilio, so it must not share code with what it tests.',
      severity: 'error',
      from: { path: '^simulator/src/' },
      to: { path: '^(src|demo|scripts|test)/' },
    },
    {
      name: 'no-test-code-in-the-product',
      severity: 'error',
      comment: 'Specs and fixtures are not shipped.',
      from: { path: '^(src|simulator/src)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '(\\.spec\\.ts$|^test/)' },
    },
    {
      name: 'no-test-code-in-what-users-run',
      severity: 'error',
      comment: 'What the demo and the scripts start is in scripts/, and test/stack builds upon it.',
      from: { path: '^(demo|scripts|docker|examples)/' },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'the-stack-runs-on-node-alone',
      severity: 'error',
      comment:
        'The bench and the faults run test/stack without Jest, and Node cannot load the decorators of src/: types only.',
      from: { path: '^test/stack/' },
      to: { path: '(^src/|node_modules/@jest/)', dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js'], mainFields: ['module', 'main', 'types'] },
  },
};
