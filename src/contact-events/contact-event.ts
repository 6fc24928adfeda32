export type ContactEventType =
  | 'contact.created'
  | 'contact.message'
  | 'contact.accepted'
  | 'contact.transferred'
  | 'contact.updated'
  | 'contact.closed'
  | 'contact.reopened'
  | 'message.status'
  | 'message.media';

/** What happened to a contact, before it is in the log. */
export interface NewContactEvent {
  accountId: string;
  type: ContactEventType;
  contactId: string;
  messageId?: string;
  /** The contact's version after the event; one more with each event of that contact. */
  version: number;
}

/** A row of the log. Its place is (transactionId, position): the order of commits. */
export interface ContactEvent {
  id: string;
  transactionId: string;
  position: string;
  accountId: string;
  type: ContactEventType;
  contactId: string;
  messageId: string | null;
  version: number;
  at: Date;
}

/** A place in the log. */
export type LogPosition = Pick<ContactEvent, 'transactionId' | 'position'>;
