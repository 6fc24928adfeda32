import { Injectable } from '@nestjs/common';
import type twilio from 'twilio';
import { Environment } from '../config/environment.js';

export type TwilioClient = ReturnType<typeof twilio>;

const TIMEOUT_MS = 10_000;

/** Opens the official client; the only place that loads it, at the first use, since loading it takes a while. */
@Injectable()
export class TwilioClients {
  constructor(private readonly environment: Environment) {}

  async open(accountSid: string, authToken: string): Promise<TwilioClient> {
    const { default: createClient } = await import('twilio');
    const client = createClient(accountSid, authToken, { timeout: TIMEOUT_MS });
    const { TWILIO_API_BASE_URL } = this.environment;
    if (TWILIO_API_BASE_URL !== undefined) {
      client.api.baseUrl = TWILIO_API_BASE_URL;
      client.messaging.baseUrl = TWILIO_API_BASE_URL;
    }
    return client;
  }
}
