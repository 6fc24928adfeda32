/** The default of DATA_DIR. It has its own file because `main.ts` needs it before it loads anything else. */
export const DEFAULT_DATA_DIR = '.data';
