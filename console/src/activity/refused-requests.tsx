import { Alert } from '@mantine/core';
import { IconShieldX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { healthReportGetOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import { useServiceText } from '../service-texts/service-text.ts';

const AGAIN_MS = 15_000;

/** What came and is not in the journal: requests that nobody can be sure are Twilio's. Nothing while there are none. */
export function RefusedRequests() {
  const { t } = useTranslation('activity');
  const say = useServiceText();
  const { data } = useQuery({ ...healthReportGetOptions(), refetchInterval: AGAIN_MS });
  const signatures = data?.checks.find(({ name }) => name === 'signatures');
  if (signatures === undefined || signatures.state === 'ok') return null;
  const { reason, params, detail } = signatures;
  return (
    <Alert color="orange" icon={<IconShieldX aria-hidden />} title={t('refused')} style={{ overflowWrap: 'anywhere' }}>
      {say(`health.${reason}`, params) ?? detail}
    </Alert>
  );
}
