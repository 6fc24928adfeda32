import type { SmsWebhookDto, WebhookStepDto } from '../api/generated/types.gen.ts';
import { useServiceText } from '../service-texts/service-text.ts';
import { withoutFragment } from './foreign-webhook.ts';

/** What was done at Twilio in a step, in the language of the console. */
export function useStepText(): (step: WebhookStepDto) => string {
  const say = useServiceText();
  const describe = ({ smsUrl, smsMethod, smsApplicationSid }: SmsWebhookDto): string => {
    const url =
      smsUrl === null ? (say('webhookValue.nowhere') ?? '') : `${withoutFragment(smsUrl)} (${smsMethod ?? 'POST'})`;
    if (smsApplicationSid === null) return url;
    return say('webhookValue.withApplication', { webhook: url, application: smsApplicationSid }) ?? url;
  };
  const paramsOf = (webhook: SmsWebhookDto | null) => ({ webhook: webhook === null ? '–' : describe(webhook) });
  return ({ step, webhook, detail }) => say(`webhookSteps.${step}`, paramsOf(webhook)) ?? detail;
}
