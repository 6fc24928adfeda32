import { useBlocker } from '@tanstack/react-router';
import { DiscardDialog } from './discard-dialog.tsx';

/**
 * Asks before somebody leaves a screen with changes that are not saved, also by closing the tab.
 * @param hasChanges asked at that moment, so that one may leave right after saving
 */
export function UnsavedGuard({ hasChanges }: { hasChanges: () => boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname && hasChanges(),
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
