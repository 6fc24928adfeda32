import type { Application } from './application.ts';
import type { MessagingService } from './messaging-service.ts';
import type { PhoneNumber } from './phone-number.ts';

/** The one Twilio account of this simulator: with its token, its numbers and their webhooks. */
export class Account {
  readonly sid: string;
  readonly createdAt = Date.now();
  friendlyName = 'Simulator account';
  authToken: string;
  /** Keyed by phone number or short code. */
  readonly numbers = new Map<string, PhoneNumber>();
  readonly applications = new Map<string, Application>();
  readonly services = new Map<string, MessagingService>();
  /** Called after every change that must survive a restart. */
  onChange: () => void = () => {};

  constructor(sid: string, authToken: string) {
    this.sid = sid;
    this.authToken = authToken;
  }

  list(kind: PhoneNumber['kind']): PhoneNumber[] {
    return [...this.numbers.values()].filter((number) => number.kind === kind);
  }

  findBySid(kind: PhoneNumber['kind'], sid: string): PhoneNumber | undefined {
    return this.list(kind).find((number) => number.sid === sid);
  }

  /** Twilio keeps a number in at most one Messaging Service. */
  serviceOf(phoneNumber: string): MessagingService | undefined {
    if (this.services.size === 0) return undefined;
    return [...this.services.values()].find((service) => service.phoneNumbers.includes(phoneNumber));
  }

  moveToService(phoneNumber: string, serviceSid: string | null) {
    for (const service of this.services.values()) {
      service.phoneNumbers = service.phoneNumbers.filter((member) => member !== phoneNumber);
    }
    if (serviceSid) this.services.get(serviceSid)?.phoneNumbers.push(phoneNumber);
    this.onChange();
  }

  add(numbers: PhoneNumber[]) {
    for (const number of numbers) this.numbers.set(number.phoneNumber, number);
    this.onChange();
  }

  remove(phoneNumber: string) {
    this.moveToService(phoneNumber, null);
    this.numbers.delete(phoneNumber);
    this.onChange();
  }

  update(number: PhoneNumber, settings: Partial<PhoneNumber>) {
    Object.assign(number, settings, { updatedAt: Date.now() });
    this.onChange();
  }
}
