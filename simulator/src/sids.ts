import { createHash, randomBytes } from 'node:crypto';

export const newSid = (prefix: string) => prefix + randomBytes(16).toString('hex');

/** The same number has the same SID after a restart. */
export const sidOf = (prefix: string, name: string) => prefix + createHash('md5').update(name).digest('hex');
