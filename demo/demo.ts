/** The content of `demo.json`, which describes the running demo for programs. */
export interface Demo {
  baseUrl: string;
  apiKey: string;
  /** To open in a browser. */
  consoleUrl: string;
  adminEmail: string;
  adminPassword: string;
  simulatorUrl: string;
  accountSid: string;
  authToken: string;
  /** Where the event queues are; exactly one of the two is set. */
  databaseUrl?: string;
  redisUrl?: string;
}
