import { v7 } from 'uuid';

/** A new id. It is a UUID version 7, so that the ids of one process sort by the time of their creation. */
export const newId = (): string => v7();
