import { useTranslation } from 'react-i18next';
import type { AboutDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';
import type { Step, useFirstSteps } from './first-steps.ts';

/** What a step is called, how it stands, and where its one action leads. */
export interface StepTexts {
  title: string;
  text: string;
  action: string;
  link: { to: string; params?: Record<string, string>; search?: Record<string, string> };
}

/** The steps in words: those taken name what is there, the others say what is missing. */
export function useStepTexts(
  { taken, campaigns, entryPoints, telephony }: ReturnType<typeof useFirstSteps>,
  about: AboutDto | undefined,
): Record<Step, StepTexts> {
  const { t } = useTranslation('welcome');
  const format = useFormat();
  const isSimulated = about?.mode === 'simulator';
  const unset = entryPoints.find(({ webhook }) => webhook.state !== 'set');
  const campaign = campaigns[0];
  const values = {
    account: telephony?.friendlyName ?? '',
    campaign: campaign?.name ?? '',
    languages: campaign?.languages.map(format.languageName).join(', ') ?? '',
    numbers: entryPoints
      .slice(0, 3)
      .map(({ phoneNumber }) => phoneNumber)
      .join(', '),
    count: entryPoints.filter(({ webhook }) => webhook.state !== 'set').length,
  };
  const textsOf = (step: Step, link: StepTexts['link'], variant?: string): StepTexts => ({
    title: t(`${step}.title`),
    text: t(`${step}.${variant ?? (taken[step] ? 'taken' : 'missing')}`, values),
    action: t(`${step}.${variant === 'simulated' ? 'simulatedAction' : 'action'}`),
    link,
  });
  return {
    database: textsOf(
      'database',
      { to: '/health-report' },
      taken.database && about?.embeddedDatabase ? 'embedded' : undefined,
    ),
    twilio: textsOf(
      'twilio',
      { to: '/settings', search: { tab: 'twilio' } },
      isSimulated && taken.twilio ? 'simulatedText' : undefined,
    ),
    campaign: textsOf('campaign', { to: '/campaigns' }),
    entryPoint: textsOf('entryPoint', { to: taken.entryPoint ? '/entry-points' : '/entry-points/new' }),
    webhook: textsOf(
      'webhook',
      unset === undefined ? { to: '/entry-points' } : { to: '/entry-points/$id', params: { id: unset.id } },
      taken.webhook && unset !== undefined ? 'some' : undefined,
    ),
    sms: textsOf(
      'sms',
      { to: isSimulated && !taken.sms ? '/simulator' : '/activity' },
      isSimulated && !taken.sms ? 'simulated' : undefined,
    ),
    answer: textsOf('answer', { to: '/desk' }),
  };
}
