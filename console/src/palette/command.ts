import type { ReactNode } from 'react';

/** A thing to go to or to do. */
export interface Command {
  id: string;
  label: string;
  /** What it is, or what there is about it. */
  description?: string;
  icon: ReactNode;
  run: () => void;
}

/** Those that have each word of what was typed in their text. */
export function matching(commands: Command[], typed: string): Command[] {
  const words = typed.toLocaleLowerCase().split(/\s+/);
  return commands.filter(({ label, description = '' }) => {
    const text = `${label} ${description}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}
