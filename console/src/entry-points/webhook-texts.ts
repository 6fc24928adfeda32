import type { EntryPointWebhookDto, SmsWebhookDto, WebhookStepDto } from '../api/generated/types.gen.ts';
import { useServiceText } from '../service-texts/service-text.ts';
import { withoutFragment } from './use-webhook.ts';

/** What keeps SMS away and what was done at Twilio, in the language of the console. */
export function useWebhookTexts() {
  const say = useServiceText();
  const describe = ({ smsUrl, smsMethod, smsApplicationSid }: SmsWebhookDto): string => {
    const url =
      smsUrl === null ? (say('webhookValue.nowhere') ?? '') : `${withoutFragment(smsUrl)} (${smsMethod ?? 'POST'})`;
    if (smsApplicationSid === null) return url;
    return say('webhookValue.withApplication', { webhook: url, application: smsApplicationSid }) ?? url;
  };
  const paramsOf = (webhook: SmsWebhookDto | null) => ({ webhook: webhook === null ? '–' : describe(webhook) });
  return {
    problem: ({ state, current, overridingService, problem }: EntryPointWebhookDto): string | null =>
      say(`webhooks.${state}`, {
        ...paramsOf(current),
        application: current?.smsApplicationSid ?? '',
        service: overridingService?.friendlyName ?? '',
        sid: overridingService?.sid ?? '',
      }) ?? problem,
    step: ({ step, webhook, detail }: WebhookStepDto): string =>
      say(`webhookSteps.${step}`, paramsOf(webhook)) ?? detail,
  };
}
