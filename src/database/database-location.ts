/** Where the database is: what DATABASE_URL names, or the service's own server. */
export class DatabaseLocation {
  constructor(
    readonly url: string,
    readonly isEmbedded: boolean,
  ) {}
}
