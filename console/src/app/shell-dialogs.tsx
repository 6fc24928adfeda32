import { useMounted } from '@mantine/hooks';
import { Palette } from '../palette/palette.tsx';
import { HelpSheet } from '../shortcuts/help-sheet.tsx';
import { closeShellDialog, shellDialog } from '../navigation/shell-dialog.ts';

/** Loaded when one of them is asked for first. */
export function ShellDialogs() {
  const dialog = shellDialog.use();
  // Only what opens after it was there gives the focus back.
  const isMounted = useMounted();
  return (
    <>
      <Palette
        opened={isMounted && dialog === 'palette'}
        // What it ran may have opened another.
        onClose={() => shellDialog.get() === 'palette' && closeShellDialog()}
      />
      <HelpSheet opened={isMounted && dialog === 'keys'} onClose={closeShellDialog} />
    </>
  );
}
