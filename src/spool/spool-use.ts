/** How this process uses the spool; if neither is true it has none. */
export abstract class SpoolUse {
  /** It accepts SMS, and puts those into the spool that the database cannot store. */
  abstract readonly isFilled: boolean;
  /** It reconciles with Twilio's list, and empties the spool before that. */
  abstract readonly isEmptied: boolean;
}
