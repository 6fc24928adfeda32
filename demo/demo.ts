/** What `demo.json` tells programs of the running demo. */
export interface Demo {
  baseUrl: string;
  apiKey: string;
  /** For a browser. */
  consoleUrl: string;
  adminEmail: string;
  adminPassword: string;
  simulatorUrl: string;
  accountSid: string;
  authToken: string;
  /** Where the event queues are: one of the two. */
  databaseUrl?: string;
  redisUrl?: string;
}
