export const canNotify = 'Notification' in window;

/** Asks for the browser's leave, unless it was given or refused before. */
export async function askToNotify(): Promise<boolean> {
  if (!canNotify) return false;
  return (await Notification.requestPermission()) === 'granted';
}

/** A note outside the page for whoever looks elsewhere. It names nobody: it may stand on a locked screen. */
export function notify(title: string, text: string): void {
  if (!canNotify || Notification.permission !== 'granted' || document.hasFocus()) return;
  try {
    const note = new Notification(title, { body: text, tag: 'sms-inbound.new-contact' });
    note.onclick = () => {
      window.focus();
      note.close();
    };
  } catch {
    // Some phones show none but those of a service worker; the sound and the title remain.
  }
}
