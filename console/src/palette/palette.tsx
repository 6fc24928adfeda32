import '@mantine/spotlight/styles.layer.css';
import { VisuallyHidden } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DisableAllDialog } from '../entry-points/disable-all.tsx';
import { useEnableAll } from '../entry-points/sms-inbound.ts';
import { matching } from './command.ts';
import { type SwitchAll, useActionCommands, useScreenCommands } from './commands.tsx';
import { useFoundContacts, useFoundEntryPoints } from './found.tsx';
import classes from './palette.module.css';

const TYPING_MS = 200;

const [store, spotlight] = createSpotlight();

/** Everything by typing a bit of its name: screens, what one can do, entry points and contacts. */
export function Palette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('palette');
  const [typed, setTyped] = useState('');
  const [isAsking, question] = useDisclosure();
  const { enable } = useEnableAll();
  useEffect(() => {
    if (!opened) return spotlight.close();
    setTyped('');
    spotlight.open();
  }, [opened]);
  return (
    <>
      <Spotlight.Root
        store={store}
        shortcut={null}
        query={typed}
        onQueryChange={setTyped}
        onSpotlightClose={onClose}
        attributes={{ content: { 'aria-label': t('title') } }}
      >
        <Commands typed={typed.trim()} switchAll={{ disable: question.open, enable }} />
      </Spotlight.Root>
      <DisableAllDialog opened={isAsking} onClose={question.close} />
    </>
  );
}

/** What fits, in groups. The first is chosen until the arrows choose another. */
function Commands({ typed, switchAll }: { typed: string; switchAll: SwitchAll }) {
  const { t } = useTranslation('palette');
  const [looked] = useDebouncedValue(typed, TYPING_MS);
  const groups = [
    { name: 'screens', commands: matching(useScreenCommands(), typed) },
    { name: 'actions', commands: matching(useActionCommands(switchAll), typed) },
    { name: 'entryPoints', commands: useFoundEntryPoints(typed === '' ? '' : looked) },
    { name: 'contacts', commands: useFoundContacts(typed === '' ? '' : looked) },
  ].filter(({ commands }) => commands.length > 0);
  const all = groups.flatMap(({ commands }) => commands);
  const { chosen, choose } = useChosen(all.map(({ id }) => id));
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[data-selected]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') choose(chosen + 1);
    if (event.key === 'ArrowUp') choose(chosen - 1);
    if (event.key !== 'Enter') return;
    all[chosen]?.run();
    spotlight.close();
  };
  return (
    <>
      <Spotlight.Search
        className={classes['search'] ?? ''}
        aria-label={t('search')}
        placeholder={t('search')}
        leftSection={<IconSearch size={20} aria-hidden />}
        onKeyDown={press}
      />
      <div ref={list} className={classes['list']}>
        {groups.map(({ name, commands }) => (
          <Spotlight.ActionsGroup key={name} label={t(name)}>
            {commands.map(({ id, label, description, icon, run }) => (
              <Spotlight.Action
                key={id}
                label={label}
                description={description}
                leftSection={icon}
                data-selected={all[chosen]?.id === id || undefined}
                onClick={run}
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
      </div>
      {all.length === 0 && <Spotlight.Empty>{t('nothing')}</Spotlight.Empty>}
      {/* The focus stays where one types: this tells what Enter would do. */}
      <VisuallyHidden role="status">{all[chosen]?.label}</VisuallyHidden>
    </>
  );
}

/** Which of them is chosen; the first one whenever they are others. */
function useChosen(ids: string[]): { chosen: number; choose: (place: number) => void } {
  const [chosen, setChosen] = useState(0);
  const [known, setKnown] = useState('');
  const shown = ids.join(' ');
  if (shown !== known) {
    setKnown(shown);
    setChosen(0);
  }
  return { chosen, choose: (place) => setChosen(Math.max(0, (place + ids.length) % ids.length || 0)) };
}
