export interface NumberAtTwilio {
  sid: string;
  phoneNumber: string;
  friendlyName: string;
  smsUrl: string;
  smsMethod: string;
  smsApplicationSid: string;
  messagingServiceSid: string | null;
}

/** Makes changes in Twilio's console, behind the service's back. */
export class TwilioConsole {
  private readonly simulator: { url: string };

  constructor({ simulator }: { simulator: { url: string } }) {
    this.simulator = simulator;
  }

  async getNumber(phoneNumber: string): Promise<NumberAtTwilio> {
    const { numbers } = await this.call<{ numbers: NumberAtTwilio[] }>('GET', 'account');
    return numbers.find((number) => number.phoneNumber === phoneNumber)!;
  }

  /** Adds a number, or changes an existing one. */
  async addNumber(
    number: Partial<NumberAtTwilio> & { capabilities?: { sms: boolean; mms?: boolean } },
  ): Promise<NumberAtTwilio> {
    const { numbers } = await this.call<{ numbers: [NumberAtTwilio] }>('PUT', 'numbers', { numbers: [number] });
    return numbers[0];
  }

  changeNumber(phoneNumber: string, changes: Partial<NumberAtTwilio>): Promise<NumberAtTwilio> {
    return this.call('POST', `numbers/${phoneNumber}`, changes);
  }

  removeNumber(phoneNumber: string): Promise<void> {
    return this.call('DELETE', `numbers/${phoneNumber}`);
  }

  async addApplication(): Promise<string> {
    const { sid } = await this.call<{ sid: string }>('POST', 'applications', { smsUrl: 'https://ivr.example.com/sms' });
    return sid;
  }

  async addMessagingService(service: { friendlyName: string; useInboundWebhookOnNumber: boolean }): Promise<string> {
    const { sid } = await this.call<{ sid: string }>('POST', 'services', service);
    return sid;
  }

  /** Replaces the primary auth token. @returns the new one */
  async rotateToken(authToken?: string): Promise<string> {
    return (await this.call<{ authToken: string }>('PUT', 'account', { authToken })).authToken;
  }

  /** Sets the next answers of Twilio's REST API; `{}` ends the trouble. */
  makeTrouble(trouble: { rest?: { status: number; times: number; path?: string }[]; slowMs?: number }): Promise<void> {
    return this.call('PUT', 'trouble', trouble);
  }

  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.simulator.url}/sim/v1/${path}`, {
      method,
      ...(body !== undefined && {
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`The simulator answered ${answer.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}
