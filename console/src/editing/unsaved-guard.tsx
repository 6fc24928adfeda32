import { useBlocker } from '@tanstack/react-router';
import { DiscardDialog } from './discard-dialog.tsx';

/**
 * Asks before somebody leaves what they edit with changes that are not saved, also by closing the tab. What is edited is
 * in the path of the address, or in its `edit`.
 * @param hasChanges asked at that moment, so that one may leave right after saving
 */
export function UnsavedGuard({ hasChanges }: { hasChanges: () => boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => placeOf(current) !== placeOf(next) && hasChanges(),
    enableBeforeUnload: hasChanges,
    withResolver: true,
  });
  return (
    <DiscardDialog
      opened={blocker.status === 'blocked'}
      onStay={() => blocker.reset?.()}
      onDiscard={() => blocker.proceed?.()}
    />
  );
}

const placeOf = ({ pathname, search }: { pathname: string; search: object }): string =>
  `${pathname} ${'edit' in search ? String(search.edit) : ''}`;
