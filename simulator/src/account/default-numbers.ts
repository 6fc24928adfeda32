import { buildPhoneNumber, type PhoneNumber } from './phone-number.ts';

/** One number for each case an admin meets: free, used by another system, without SMS, abroad, a short code. */
export const defaultNumbers = (): PhoneNumber[] => [
  buildPhoneNumber({ phoneNumber: '+15005550006', friendlyName: 'Support (US)' }),
  buildPhoneNumber({
    phoneNumber: '+15005550007',
    friendlyName: 'Sales (US)',
    smsUrl: 'https://crm.example.com/sms',
  }),
  buildPhoneNumber({ phoneNumber: '+390620004000', friendlyName: 'Assistenza (IT)', capabilities: { mms: false } }),
  buildPhoneNumber({
    phoneNumber: '+442079460000',
    friendlyName: 'Reception (UK)',
    capabilities: { sms: false, mms: false },
  }),
  buildPhoneNumber({ phoneNumber: '+5511955550001', friendlyName: 'Vendas (BR)', capabilities: { mms: false } }),
  buildPhoneNumber({ phoneNumber: '50500', friendlyName: 'Short code' }),
];
