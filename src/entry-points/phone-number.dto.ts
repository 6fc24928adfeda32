/** What a number can do. */
export class CapabilitiesDto {
  sms: boolean;

  mms: boolean;

  voice: boolean;
}

/** The entry point that uses a number. */
export class InUseByDto {
  entryPointId: string;

  /** @example "Support EN" */
  name: string;
}

/** A number or short code of the Twilio account. */
export class PhoneNumberDto {
  /** @example "PN0123456789abcdef0123456789abcdef" */
  sid: string;

  /** E.164, or the digits of a short code. @example "+15005550006" */
  phoneNumber: string;

  /** @example "Support (US)" */
  friendlyName: string;

  kind: 'number' | 'short_code';

  capabilities: CapabilitiesDto;

  /** Where Twilio posts its SMS now. @example "https://crm.example.com/sms" */
  smsUrl: string | null;

  /** @example "POST" */
  smsMethod: string | null;

  /** A TwiML application, which wins over `smsUrl`. */
  smsApplicationSid: string | null;

  /** The entry point that uses it; null when it is free. */
  inUseBy: InUseByDto | null;
}

/** The numbers of the Twilio account. */
export class PhoneNumberListDto {
  data: PhoneNumberDto[];

  /** Always null: the list comes whole. */
  nextCursor: string | null;
}
