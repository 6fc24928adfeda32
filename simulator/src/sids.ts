import { createHash, randomBytes } from 'node:crypto';

export const newSid = (prefix: string) => prefix + randomBytes(16).toString('hex');

/** The same number keeps its sid when the simulator starts again. */
export const sidOf = (prefix: string, name: string) => prefix + createHash('md5').update(name).digest('hex');
