// Who may import whom in the console. The order is that of the house: each folder imports only from those below it.
const APP = ['app', 'palette'];
/** Beside each other: none imports another. */
const SCREENS = ['welcome', 'entry-points', 'campaigns', 'desk', 'activity', 'simulator', 'health', 'settings'];
const SHARED = ['navigation', 'shortcuts', 'session', 'live', 'editing', 'sms-text', 'ui', 'i18n', 'service-texts'];
const FOLDERS = [...APP, ...SCREENS, ...SHARED, 'api'];

const folders = (names) => `^console/src/(${names.join('|')})/`;

const screens = SCREENS.map((screen) => ({
  name: `${screen}-imports-no-other-screen`,
  comment: `Screens do not know each other: what ${screen}/ needs of another one belongs into a shared folder (${SHARED.join(', ')}) or into api/.`,
  severity: 'error',
  from: { path: folders([screen]) },
  to: { path: folders(SCREENS.filter((other) => other !== screen)) },
}));

const upward = FOLDERS.flatMap((folder, i) => {
  const above = SCREENS.includes(folder) ? APP : FOLDERS.slice(0, i);
  if (above.length === 0) return [];
  return {
    name: `${folder}-imports-only-from-below`,
    comment: `console/src/${folder} stands below ${above.join(', ')}: what it needs of them belongs further down, or the code that needs it further up.`,
    severity: 'error',
    from: { path: folders([folder]) },
    to: { path: folders(above) },
  };
});

module.exports = {
  forbidden: [
    ...screens,
    ...upward,
    {
      name: 'every-folder-has-its-place',
      comment: 'A new folder is listed in console/.dependency-cruiser.cjs: where it stands says what it may import.',
      severity: 'error',
      from: { path: '^console/src/' },
      to: { path: '^console/src/[^/]+/', pathNot: folders(FOLDERS) },
    },
    {
      name: 'main-is-imported-by-nobody',
      comment: 'main.tsx starts the console and puts its parts together: nothing else needs to know it.',
      severity: 'error',
      from: { path: '^console/' },
      to: { path: '^console/src/main\\.tsx$' },
    },
    {
      name: 'no-circles',
      comment:
        'Two files that import each other can only be read, tested and loaded as one: move what both need into a third.',
      severity: 'error',
      from: { pathNot: '^console/src/api/generated/' },
      to: { circular: true },
    },
    {
      name: 'the-console-stands-alone',
      comment:
        "The console knows the service by its HTTP API alone, which api/generated is made from: it imports none of the service's code.",
      severity: 'error',
      from: { path: '^console/' },
      to: { path: '^(src|simulator|demo|scripts|migrations|bench|examples|test)/' },
    },
    {
      name: 'no-test-code-in-the-product',
      comment: 'Specs and what they are made with (console/test) are not shipped.',
      severity: 'error',
      from: { path: '^console/src/', pathNot: '\\.spec\\.ts$' },
      to: { path: '(\\.spec\\.ts$|^console/test/)' },
    },
    {
      name: 'specs-need-no-browser',
      comment:
        'Specs run in plain Node, so what they test is a .ts file without components: take the logic out of the component.',
      severity: 'error',
      from: { path: '^console/src/.*\\.spec\\.ts$' },
      to: { path: '\\.tsx$', reachable: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'console/tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.json', '.css'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
