/** What a number can do. */
export class CapabilitiesDto {
  /** Whether it can receive SMS; only such numbers can be chosen. */
  sms: boolean;

  /** Whether it can receive pictures. */
  mms: boolean;

  /** Whether it can be called. */
  voice: boolean;
}

/** The entry point that uses a number. */
export class InUseByDto {
  /** The entry point. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b13" */
  entryPointId: string;

  /** Its name. @example "Support EN" */
  name: string;
}

/** A number or short code of the Twilio account. */
export class PhoneNumberDto {
  /** Twilio's id of the number; `phoneNumberSid` of an entry point. @example "PN0123456789abcdef0123456789abcdef" */
  sid: string;

  /** E.164, or the digits of a short code. @example "+15005550006" */
  phoneNumber: string;

  /** The name it has at Twilio. @example "Support (US)" */
  friendlyName: string;

  /** A phone number or a short code. */
  kind: 'number' | 'short_code';

  /** What it can do. */
  capabilities: CapabilitiesDto;

  /** Where Twilio posts its SMS now. @example "https://crm.example.com/sms" */
  smsUrl: string | null;

  /** With which HTTP method. @example "POST" */
  smsMethod: string | null;

  /** A TwiML application, which wins over `smsUrl`. @example "AP0123456789abcdef0123456789abcdef" */
  smsApplicationSid: string | null;

  /** The entry point that uses it; null when it is free. */
  inUseBy: InUseByDto | null;
}

/** The numbers of the Twilio account. */
export class PhoneNumberListDto {
  /** The numbers. */
  data: PhoneNumberDto[];

  /** Always null: the list comes whole. */
  nextCursor: string | null;
}
