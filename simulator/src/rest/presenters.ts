import type { Account } from '../account/account.ts';
import type { MessagingService } from '../account/messaging-service.ts';
import type { PhoneNumber } from '../account/phone-number.ts';
import { iso8601, rfc2822 } from '../dates.ts';
import { API_VERSION } from '../inbound/inbound-form.ts';
import { placeOf } from '../inbound/geography.ts';
import type { Media } from '../message/media.ts';
import type { Message } from '../message/message.ts';

export const accountPath = (sid: string) => `/${API_VERSION}/Accounts/${sid}`;

export function presentAccount({ sid, authToken, friendlyName, createdAt }: Account) {
  const path = accountPath(sid);
  return {
    auth_token: authToken,
    date_created: rfc2822(createdAt),
    date_updated: rfc2822(createdAt),
    friendly_name: friendlyName,
    owner_account_sid: sid,
    sid,
    status: 'active',
    subresource_uris: {
      incoming_phone_numbers: `${path}/IncomingPhoneNumbers.json`,
      messages: `${path}/Messages.json`,
      sms_short_codes: `${path}/SMS/ShortCodes.json`,
    },
    type: 'Full',
    uri: `${path}.json`,
  };
}

export const presentNumber = (accountSid: string) => (number: PhoneNumber) => ({
  account_sid: accountSid,
  address_requirements: 'none',
  address_sid: null,
  api_version: API_VERSION,
  beta: false,
  bundle_sid: null,
  capabilities: number.capabilities,
  date_created: rfc2822(number.createdAt),
  date_updated: rfc2822(number.updatedAt),
  emergency_address_sid: null,
  emergency_address_status: 'unregistered',
  emergency_status: 'Inactive',
  friendly_name: number.friendlyName,
  identity_sid: null,
  origin: 'twilio',
  phone_number: number.phoneNumber,
  sid: number.sid,
  sms_application_sid: number.smsApplicationSid,
  sms_fallback_method: number.smsFallbackMethod,
  sms_fallback_url: number.smsFallbackUrl,
  sms_method: number.smsMethod,
  sms_url: number.smsUrl,
  status: 'in-use',
  status_callback: '',
  status_callback_method: 'POST',
  subresource_uris: {
    assigned_add_ons: `${accountPath(accountSid)}/IncomingPhoneNumbers/${number.sid}/AssignedAddOns.json`,
  },
  trunk_sid: null,
  type: null,
  uri: `${accountPath(accountSid)}/IncomingPhoneNumbers/${number.sid}.json`,
  voice_application_sid: '',
  voice_caller_id_lookup: false,
  voice_fallback_method: 'POST',
  voice_fallback_url: '',
  voice_method: 'POST',
  voice_receive_mode: 'voice',
  voice_url: '',
});

export const presentShortCode = (accountSid: string) => (code: PhoneNumber) => ({
  account_sid: accountSid,
  api_version: API_VERSION,
  date_created: rfc2822(code.createdAt),
  date_updated: rfc2822(code.updatedAt),
  friendly_name: code.friendlyName,
  short_code: code.phoneNumber,
  sid: code.sid,
  sms_fallback_method: code.smsFallbackMethod,
  sms_fallback_url: code.smsFallbackUrl,
  sms_method: code.smsMethod,
  sms_url: code.smsUrl,
  uri: `${accountPath(accountSid)}/SMS/ShortCodes/${code.sid}.json`,
});

/** As in Twilio's answers, counts are strings and the error code is a number. */
export const presentMessage = (accountSid: string) => (message: Message) => {
  const path = `${accountPath(accountSid)}/Messages/${message.sid}`;
  return {
    account_sid: accountSid,
    api_version: API_VERSION,
    body: message.body,
    date_created: rfc2822(message.createdAt),
    date_sent: rfc2822(message.sentAt),
    date_updated: rfc2822(message.updatedAt),
    direction: message.direction,
    error_code: message.errorCode,
    error_message: message.errorMessage,
    from: message.from,
    messaging_service_sid: message.messagingServiceSid,
    num_media: String(message.numMedia),
    num_segments: String(message.status === 'accepted' ? 0 : message.numSegments),
    price: null,
    price_unit: 'USD',
    sid: message.sid,
    status: message.status,
    subresource_uris: { media: `${path}/Media.json` },
    to: message.to,
    uri: `${path}.json`,
  };
};

export const presentMedia = (accountSid: string) => (media: Media) => ({
  account_sid: accountSid,
  content_type: media.contentType,
  date_created: rfc2822(media.createdAt),
  date_updated: rfc2822(media.createdAt),
  parent_sid: media.messageSid,
  sid: media.sid,
  uri: `${accountPath(accountSid)}/Messages/${media.messageSid}/Media/${media.sid}.json`,
});

export const presentService = (accountSid: string, apiUrl: string) => (service: MessagingService) => {
  const url = `${apiUrl}/v1/Services/${service.sid}`;
  return {
    account_sid: accountSid,
    area_code_geomatch: true,
    date_created: iso8601(service.createdAt),
    date_updated: iso8601(service.updatedAt),
    fallback_method: service.fallbackMethod,
    fallback_to_long_code: true,
    fallback_url: service.fallbackUrl,
    friendly_name: service.friendlyName,
    inbound_method: service.inboundMethod,
    inbound_request_url: service.inboundRequestUrl,
    links: {
      phone_numbers: `${url}/PhoneNumbers`,
      short_codes: `${url}/ShortCodes`,
      messages: `${apiUrl}/v1/Messages`,
    },
    mms_converter: true,
    scan_message_content: 'inherit',
    sid: service.sid,
    smart_encoding: true,
    status_callback: service.statusCallback,
    sticky_sender: true,
    synchronous_validation: false,
    url,
    us_app_to_person_registered: false,
    use_inbound_webhook_on_number: service.useInboundWebhookOnNumber,
    usecase: 'undeclared',
    validity_period: 14_400,
  };
};

export const presentServiceNumber =
  (accountSid: string, apiUrl: string, service: MessagingService) => (number: PhoneNumber) => ({
    account_sid: accountSid,
    // A list of words here, unlike in the 2010 API.
    capabilities: ['sms', 'mms', 'voice']
      .filter((one) => number.capabilities[one as 'sms'])
      .map((one) => one.toUpperCase()),
    country_code: placeOf(number.phoneNumber).country,
    date_created: iso8601(service.createdAt),
    date_updated: iso8601(service.updatedAt),
    phone_number: number.phoneNumber,
    service_sid: service.sid,
    sid: number.sid,
    url: `${apiUrl}/v1/Services/${service.sid}/PhoneNumbers/${number.sid}`,
  });
