import { Group, Text } from '@mantine/core';
import { IconCircleCheck, IconHandStop } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { optOutsListInfiniteOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { ContactDto, OptOutDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';
import { BY_CURSOR, PagedList } from '../ui/paged-list.tsx';

/** Whether the customer may be texted, and how that came to be. */
export function OptOuts({ contact }: { contact: ContactDto }) {
  const { t } = useTranslation('desk');
  const path = { id: contact.id };
  const query = useInfiniteQuery({
    ...optOutsListInfiniteOptions({ path }),
    ...BY_CURSOR,
    initialPageParam: { path },
  });
  const Icon = contact.optedOut ? IconHandStop : IconCircleCheck;
  return (
    <>
      <Group gap="xs" wrap="nowrap" align="flex-start" mb="xs">
        <Icon size={16} aria-hidden style={{ flexShrink: 0 }} />
        <Text size="sm">{t(contact.optedOut ? 'optOuts.out' : 'optOuts.in')}</Text>
      </Group>
      <PagedList query={query} empty={null}>
        {(rows) => rows.map((row) => <Row key={row.id} row={row} />)}
      </PagedList>
    </>
  );
}

function Row({ row: { kind, source, word, at } }: { row: OptOutDto }) {
  const { t } = useTranslation('desk');
  const { dateTime } = useFormat();
  return (
    <Text size="xs">
      {dateTime(at)} · {t(`optOuts.${kind}`)} · {word === null ? t(`optOuts.by.${source}`) : <bdi>{word}</bdi>}
    </Text>
  );
}
