/** The connection breaks instead of an answer, so the client cannot know what became of its request. */
export class DroppedConnection extends Error {
  readonly messageSid: string | undefined;

  constructor(message: string, messageSid?: string) {
    super(message);
    this.messageSid = messageSid;
  }
}
