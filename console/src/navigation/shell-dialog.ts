import { watched } from '../ui/watched.ts';

/** What any screen may open over itself: commands, or the sheet of keys. */
export const shellDialog = watched<'palette' | 'keys' | null>(null);

export const closeShellDialog = (): void => shellDialog.set(null);
