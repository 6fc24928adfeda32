/** What scripts/spec-files.ts reads of the configuration. */
declare const config: { projects: { displayName: string; testMatch: string[] }[] };
export default config;
