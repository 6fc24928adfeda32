import { List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { UnsetWebhookDto } from '../api/generated/types.gen.ts';
import { ScreenLink } from '../ui/links.tsx';

/** The entry points that SMS may not reach, each with what is in the way and a link to where to set it right. */
export function WebhookList({ entryPoints }: { entryPoints: UnsetWebhookDto[] }) {
  const { t } = useTranslation('entry-points');
  return (
    <List size="sm">
      {entryPoints.map(({ id, name, state }) => (
        <List.Item key={id}>
          <ScreenLink to="/entry-points/$id" params={{ id }} size="sm">
            <bdi>{name}</bdi>
          </ScreenLink>
          <Text span size="sm">
            {' · '}
            {t(`webhook.state.${state}`)}
          </Text>
        </List.Item>
      ))}
    </List>
  );
}
