import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import type { CannedReplyDto } from '../api/generated/types.gen.ts';
import { allCannedRepliesOptions } from '../api/all-canned-replies.ts';
import { lettersOf, searchCannedReplies } from './canned-search.ts';

const NONE: CannedReplyDto[] = [];

/** What a slash at the start of the composer offers. Nothing is sent by choosing. */
export function useCannedSuggestions(text: string, onChoose: (text: string) => void) {
  const { data: all = NONE } = useQuery(allCannedRepliesOptions);
  const [dismissed, setDismissed] = useState(false);
  const [current, setCurrent] = useState(0);
  const letters = lettersOf(text);
  if (letters === null && dismissed) setDismissed(false);
  const found = letters === null || dismissed ? NONE : searchCannedReplies(all, letters);
  const at = Math.min(current, Math.max(0, found.length - 1));
  const choose = (id: string): void => {
    const reply = found.find((each) => each.id === id);
    if (reply === undefined) return;
    setCurrent(0);
    onChoose(reply.text);
  };
  /** Whether the key was for the list. */
  const press = ({ key }: KeyboardEvent): boolean => {
    if (found.length === 0) return false;
    if (key === 'ArrowDown') setCurrent((at + 1) % found.length);
    else if (key === 'ArrowUp') setCurrent((at + found.length - 1) % found.length);
    else if (key === 'Enter') choose(found[at]!.id);
    else if (key === 'Escape') setDismissed(true);
    else return false;
    return true;
  };
  return { hasAny: all.length > 0, found, at, choose, press, dismiss: () => setDismissed(true) };
}
