/** The connection breaks instead of an answer; a client cannot know what became of its request. */
export class LineCut extends Error {
  readonly messageSid: string | undefined;

  constructor(message: string, messageSid?: string) {
    super(message);
    this.messageSid = messageSid;
  }
}
