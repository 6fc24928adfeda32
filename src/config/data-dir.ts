/** DATA_DIR unless it is set. By itself, for what is read before all the rest is loaded. */
export const DEFAULT_DATA_DIR = '.data';
