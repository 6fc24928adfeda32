import { ActionIcon, Badge, Box, Button, Group, Menu, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowLeft, IconArrowsExchange, IconBan, IconCheck, IconDots, IconInfoCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ContactDto } from '../api/generated/types.gen.ts';
import { useFormat } from '../i18n/format.ts';
import { PhoneNumber } from '../ui/phone-number.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { BlockDialog } from './block-dialog.tsx';
import { useClose } from './contact-actions.tsx';
import classes from './desk.module.css';
import { useEntryPointName } from './entry-point-names.ts';
import { useShortcuts } from '../shortcuts/shortcuts.ts';
import { TransferDialog } from './transfer-dialog.tsx';

const withPane = (pane: string | undefined) => (before: object) => ({ ...before, pane });

/** Whose contact it is, and what can be done with it. */
export function ThreadHeader({ contact }: { contact: ContactDto }) {
  const { t } = useTranslation('desk');
  const { languageName } = useFormat();
  const entryPointName = useEntryPointName();
  const { close, isPending } = useClose();
  const [isTransferOpen, transfer] = useDisclosure();
  const isOpen = contact.state !== 'closed';
  useShortcuts({
    e: isOpen ? () => close(contact.id) : undefined,
    t: isOpen ? transfer.open : undefined,
  });
  return (
    <Box px="sm" py="xs" style={{ borderBottom: '1px solid var(--mantine-color-default-border)' }}>
      <Group justify="space-between" gap="xs">
        <Group gap="xs" wrap="nowrap" miw={0}>
          <ActionIcon
            className={classes['toContacts']}
            aria-label={t('back')}
            renderRoot={(props) => <Link to="/desk" search={withPane(undefined)} {...props} />}
          >
            <IconArrowLeft size={18} aria-hidden />
          </ActionIcon>
          <Box miw={0}>
            <Group gap="xs">
              <Title order={2} size="h5">
                <PhoneNumber number={contact.ani} />
              </Title>
              {contact.state !== 'active' && <Badge color="gray">{t(`state.${contact.state}`)}</Badge>}
              {contact.optedOut && <Badge color="orange">{t('optedOut')}</Badge>}
            </Group>
            <Text size="xs" c="dimmed">
              {entryPointName(contact.entryPointId) ?? contact.dnis} · {languageName(contact.lang)}
            </Text>
          </Box>
        </Group>
        <Group gap={4} wrap="nowrap">
          {isOpen && (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconCheck size={16} aria-hidden />}
              rightSection={<KeyHint>E</KeyHint>}
              loading={isPending}
              onClick={() => close(contact.id)}
            >
              {t('close.action')}
            </Button>
          )}
          <ActionIcon
            className={classes['toDetails']}
            aria-label={t('pane.details')}
            renderRoot={(props) => <Link to="." search={withPane('details')} {...props} />}
          >
            <IconInfoCircle size={18} aria-hidden />
          </ActionIcon>
          <MoreActions contact={contact} onTransfer={transfer.open} />
        </Group>
      </Group>
      <TransferDialog contact={contact} opened={isTransferOpen} onClose={transfer.close} />
    </Box>
  );
}

function MoreActions({ contact, onTransfer }: { contact: ContactDto; onTransfer: () => void }) {
  const { t } = useTranslation('desk');
  const [isBlockOpen, block] = useDisclosure();
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('more')}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {contact.state !== 'closed' && (
            <Menu.Item
              leftSection={<IconArrowsExchange size={16} aria-hidden />}
              rightSection={<KeyHint>T</KeyHint>}
              onClick={onTransfer}
            >
              {t('transfer.action')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconBan size={16} aria-hidden />} onClick={block.open}>
            {t('block.action')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <BlockDialog customer={contact.ani} opened={isBlockOpen} onClose={block.close} />
    </>
  );
}
