/** How swc turns the service's TypeScript into JavaScript, for tests and while one works on it; a release is built by tsc. */
export const SWC_OPTIONS = {
  swcrc: false,
  jsc: {
    target: 'es2024',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    keepClassNames: true,
  },
} as const;
