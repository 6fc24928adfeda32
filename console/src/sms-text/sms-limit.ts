/** What Twilio takes as one message, in UTF-16 units. */
export const SMS_LIMIT = 1_600;
