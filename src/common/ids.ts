import { v7 } from 'uuid';

/** A new id: UUID version 7, so ids of one process sort by the time they were made. */
export const newId = (): string => v7();
