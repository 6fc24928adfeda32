import { Group, Text, ThemeIcon } from '@mantine/core';
import { IconArrowRight, IconCheck, IconMinus } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { InboundSmsDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';
import { ScreenLink } from '../ui/links.tsx';

/** The way of an SMS in one line: received, stored, processed, in a contact; as far as it came. */
export function TraceLine({ sms }: { sms: InboundSmsDto }) {
  const { t } = useTranslation('activity');
  const format = useFormat();
  const tookMs =
    sms.processedAt === null ? null : new Date(sms.processedAt).getTime() - new Date(sms.receivedAt).getTime();
  const steps = [
    { name: 'received', isDone: true, text: format.dateTime(sms.sentAt ?? sms.receivedAt) },
    {
      name: 'stored',
      isDone: true,
      text:
        sms.source === 'webhook' ? t('trace.answered') : t('trace.fetched', { at: format.dateTime(sms.receivedAt) }),
    },
    {
      name: 'processed',
      isDone: tookMs !== null,
      text: tookMs === null ? t('trace.notYet') : t('trace.after', { seconds: format.number(tookMs / 1_000) }),
    },
    { name: 'contact', isDone: sms.contactId !== null, text: sms.contactId === null ? t('trace.none') : null },
  ];
  return (
    <Group component="ol" gap="xs" p={0} m={0} style={{ listStyle: 'none' }} aria-label={t('trace.title')}>
      {steps.map(({ name, isDone, text }, place) => (
        <Fragment key={name}>
          <Group component="li" gap="xs" wrap="nowrap">
            {place > 0 && <IconArrowRight size={16} aria-hidden />}
            <ThemeIcon size="sm" radius="xl" color={isDone ? 'green.9' : 'gray.7'} aria-hidden>
              {isDone ? <IconCheck size={14} /> : <IconMinus size={14} />}
            </ThemeIcon>
            <div>
              <Text size="sm" fw={600}>
                {t(`trace.${name}`)}
              </Text>
              {text && (
                <Text size="xs" c="dimmed">
                  {text}
                </Text>
              )}
              {name === 'contact' && sms.contactId && (
                <ScreenLink size="xs" to="/desk/$id" params={{ id: sms.contactId }}>
                  {t('openContact')}
                </ScreenLink>
              )}
            </div>
          </Group>
        </Fragment>
      ))}
    </Group>
  );
}
