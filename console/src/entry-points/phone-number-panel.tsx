import { Button, Group, Text } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { phoneNumbersListOptions, telephonyGetOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { EntryPointDto, PhoneNumberDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';
import { ScreenLink } from '../ui/links.tsx';
import { ErrorState, ListSkeleton } from '../ui/list-states.tsx';
import { WithPhoneNumbers } from '../ui/phone-number.tsx';
import { Panel } from './panel.tsx';
import { groupOf } from './phone-number-groups.ts';
import { PhoneNumberList } from './phone-number-list.tsx';

const AGE_TICK_MS = 10_000;

interface PhoneNumberPanelProps {
  value: string;
  onChange: (phoneNumberSid: string) => void;
  /** Undefined for a new one. */
  entryPoint: EntryPointDto | undefined;
  error: ReactNode;
}

/** The number, from those of the Twilio account. When they cannot be read, the other panels go on working. */
export function PhoneNumberPanel({ value, onChange, entryPoint, error }: PhoneNumberPanelProps) {
  const { t } = useTranslation('entry-points');
  const numbers = useQuery(phoneNumbersListOptions());
  const account = useQuery(telephonyGetOptions()).data;
  const [isChoosing, setChoosing] = useState(entryPoint === undefined);
  const [active, setActive] = useState<PhoneNumberDto | null>(null);
  const chosen = numbers.data?.data.find(({ sid }) => sid === value);
  const chosenText = chosen?.phoneNumber ?? (value === entryPoint?.phoneNumberSid ? entryPoint?.phoneNumber : null);
  return (
    <Panel
      title={t('editor.phoneNumber')}
      actions={
        <Group gap="xs">
          {numbers.dataUpdatedAt > 0 && <Age since={numbers.dataUpdatedAt} />}
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRefresh size={14} aria-hidden />}
            loading={numbers.isFetching}
            onClick={() => void numbers.refetch()}
          >
            {t('numbers.refresh')}
          </Button>
        </Group>
      }
    >
      {account?.accountSid && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {t('numbers.account', { name: account.friendlyName ?? '', sid: account.accountSid })}
        </Text>
      )}
      <Group gap="sm">
        <Text size="sm" role="status">
          {chosenText ? (
            <WithPhoneNumbers text={t('numbers.chosen', { number: chosenText, name: chosen?.friendlyName ?? '' })} />
          ) : (
            t('numbers.notChosen')
          )}
        </Text>
        {!isChoosing && (
          <Button size="xs" variant="default" onClick={() => setChoosing(true)}>
            {t('numbers.chooseAnother')}
          </Button>
        )}
      </Group>
      {numbers.isError && (
        <>
          <ErrorState error={numbers.error} onRetry={() => void numbers.refetch()} />
          <ScreenLink to="/settings" size="sm">
            {t('numbers.settings')}
          </ScreenLink>
        </>
      )}
      {isChoosing && numbers.isPending && <ListSkeleton rows={3} />}
      {isChoosing && numbers.data && (
        <PhoneNumberList
          numbers={numbers.data.data}
          entryPointId={entryPoint?.id}
          value={value}
          onChange={onChange}
          onActive={setActive}
          error={error}
        />
      )}
      {active && <WhyNot number={active} entryPointId={entryPoint?.id} />}
    </Panel>
  );
}

/** Why the number the cursor is on cannot be had, and where it is. */
function WhyNot({ number, entryPointId }: { number: PhoneNumberDto; entryPointId: string | undefined }) {
  const { t } = useTranslation('entry-points');
  const group = groupOf(number, entryPointId);
  if (group !== 'used_here' && group !== 'no_sms') return null;
  return (
    <Text size="sm" role="status">
      <WithPhoneNumbers text={t(`numbers.why.${group}`, { number: number.phoneNumber })} />{' '}
      {number.inUseBy && (
        <ScreenLink to="/entry-points/$id" params={{ id: number.inUseBy.entryPointId }}>
          <bdi>{number.inUseBy.name}</bdi>
        </ScreenLink>
      )}
    </Text>
  );
}

function Age({ since }: { since: number }) {
  const { t } = useTranslation('entry-points');
  const { ago } = useFormat();
  const [now, setNow] = useState(Date.now);
  useInterval(() => setNow(Date.now()), AGE_TICK_MS, { autoInvoke: true });
  return (
    <Text size="xs" c="dimmed">
      {t('numbers.loaded', { ago: ago(new Date(since), Math.max(now, since)) })}
    </Text>
  );
}
