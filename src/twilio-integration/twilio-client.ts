import { Injectable } from '@nestjs/common';
import type twilio from 'twilio';
import { Environment } from '../config/environment.js';

export type TwilioClient = ReturnType<typeof twilio>;

const TIMEOUT_MS = 10_000;

/**
 * Opens the official client. It is loaded at the first use, and only here, because loading it is slow. One client per Twilio
 * account is kept, so that its connections to Twilio are reused.
 */
@Injectable()
export class TwilioClients {
  private readonly opened = new Map<string, { authToken: string; client: TwilioClient }>();

  constructor(private readonly environment: Environment) {}

  async open(accountSid: string, authToken: string): Promise<TwilioClient> {
    const known = this.opened.get(accountSid);
    if (known?.authToken === authToken) return known.client;
    const client = await this.create(accountSid, authToken);
    this.opened.set(accountSid, { authToken, client });
    return client;
  }

  private async create(accountSid: string, authToken: string): Promise<TwilioClient> {
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
