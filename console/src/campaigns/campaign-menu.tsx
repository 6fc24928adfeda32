import { ActionIcon, Alert, Menu, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconDots, IconEdit, IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { campaignsDeleteMutation, campaignsUpdateMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import type { CampaignDto } from '../api/generated/types.gen.ts';
import { errorCodeOf } from '../api/problem.ts';
import { type Operation, refresh } from '../api/query-client.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { useErrorText } from '../ui/error-text.ts';

const READ_AGAIN: Operation[] = ['campaignsList', 'campaignsGet', 'entryPointsList', 'entryPointsGet'];

/** What can be done with a campaign. */
export function CampaignMenu({ campaign }: { campaign: CampaignDto }) {
  const { t } = useTranslation('campaigns');
  const errorText = useErrorText();
  const [isDeleting, { open, close }] = useDisclosure();
  const { id, name, version, smsInboundEnabled } = campaign;
  const headers = { 'If-Match': `"${version}"` };
  const onSettled = () => refresh(READ_AGAIN);
  const toggle = useMutation({
    ...campaignsUpdateMutation(),
    onError: (error) => notifications.show({ color: 'orange', title: name, message: errorText(error) }),
    onSettled,
  });
  const remove = useMutation({ ...campaignsDeleteMutation(), onSuccess: close, onSettled });
  const isInUse = errorCodeOf(remove.error) === 'campaign_in_use';
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('menu.label', { name })} loading={toggle.isPending}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            renderRoot={(props: object) => <Link to="/campaigns" search={{ edit: id }} {...props} />}
            leftSection={<IconEdit size={16} aria-hidden />}
          >
            {t('menu.edit')}
          </Menu.Item>
          <Menu.Item
            leftSection={
              smsInboundEnabled ? <IconPlayerPause size={16} aria-hidden /> : <IconPlayerPlay size={16} aria-hidden />
            }
            onClick={() => toggle.mutate({ path: { id }, headers, body: { smsInboundEnabled: !smsInboundEnabled } })}
          >
            {t(smsInboundEnabled ? 'menu.off' : 'menu.on')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={open}>
            {t('menu.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={isDeleting}
        title={t('delete.title', { name })}
        confirm={t('ui:delete')}
        action={isInUse ? { ...remove, error: null } : remove}
        onConfirm={() => remove.mutate({ path: { id }, headers })}
        onClose={close}
      >
        <Text size="sm">{t('delete.effect')}</Text>
        {isInUse && (
          <Alert color="orange" role="alert">
            {t('delete.inUse')}
          </Alert>
        )}
      </ConfirmDialog>
    </>
  );
}
