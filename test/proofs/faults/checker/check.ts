import type { History } from '../history/history.ts';
import { eventsReachTheConsumer, oneContactIsOpen, replyIsOneSms } from './contacts.ts';
import { ackedIsStoredOnce, sentIsStored, storedIsOneMessage, storedWasSent } from './inbound.ts';
import { answersAreWellFormed, nothingIsStuck } from './liveness.ts';
import { threadsKeepOrder } from './order.ts';
import type { Violation } from './violation.ts';

/** I1 to I10. */
const INVARIANTS = [
  ackedIsStoredOnce,
  storedWasSent,
  storedIsOneMessage,
  threadsKeepOrder,
  oneContactIsOpen,
  sentIsStored,
  eventsReachTheConsumer,
  replyIsOneSms,
  nothingIsStuck,
  answersAreWellFormed,
];

/** What the service promised and did not keep. */
export const check = (history: History): Violation[] => INVARIANTS.flatMap((invariant) => invariant(history));
