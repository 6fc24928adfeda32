import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { entryPointsCreate, entryPointsGet, entryPointsUpdate } from '../api/generated/sdk.gen.ts';
import type { EntryPointDto } from '../api/generated/types.gen.ts';
import { statusOf } from '../api/problem.ts';
import { type Operation, refresh } from '../api/query-client.ts';
import { useFieldErrors } from '../editing/field-errors.ts';
import type { Merged } from '../editing/merge-changes.ts';
import { useDraft } from '../editing/use-draft.ts';
import { useErrorText, useFieldTexts } from '../ui/error-text.ts';
import { checkForm, errorsFrom } from './check-form.ts';
import { type EntryPointForm, formOf, toCreate, toUpdate } from './entry-point-form.ts';

const OF_ENTRY_POINTS: Operation[] = [
  'entryPointsList',
  'entryPointsGet',
  'entryPointTrafficList',
  'entryPointWebhooksCheck',
  'phoneNumbersList',
];

/** The draft of an entry point and how it is saved: on top of what the editor has read, and of nothing else. */
export function useSaveEntryPoint(start: EntryPointForm, read: EntryPointDto | undefined) {
  const { t } = useTranslation('entry-points');
  const errorText = useErrorText();
  const fieldTexts = useFieldTexts();
  const fromService = (error: unknown) => errorsFrom(error, errorText(error), fieldTexts(error));
  const draft = useDraft(start);
  const { errors, show, forget } = useFieldErrors();
  const stored = useRef(read);
  const [meanwhile, setMeanwhile] = useState<Merged<EntryPointForm> | null>(null);
  const saving = useMutation({
    mutationFn: async (): Promise<EntryPointDto> => {
      const known = stored.current;
      if (known === undefined) {
        return (await entryPointsCreate({ body: toCreate(draft.values), throwOnError: true })).data;
      }
      const { data } = await entryPointsUpdate({
        path: { id: known.id },
        body: toUpdate(draft.values, draft.changed),
        headers: { 'If-Match': `"${known.version}"` },
        throwOnError: true,
      });
      return data;
    },
    onSuccess: (saved) => {
      settle(saved);
      refresh(OF_ENTRY_POINTS);
    },
    onError: async (error) => {
      const known = stored.current;
      if (statusOf(error) !== 412 || known === undefined) {
        show(fromService(error));
        // Who has the number that was taken meanwhile stands in the list.
        return refresh(['phoneNumbersList']);
      }
      const { data: theirs } = await entryPointsGet({ path: { id: known.id }, throwOnError: true });
      stored.current = theirs;
      setMeanwhile(draft.rebase(formOf(theirs)));
      refresh(['entryPointsList', 'entryPointsGet']);
    },
  });
  const settle = (saved: EntryPointDto): void => {
    stored.current = saved;
    setMeanwhile(null);
    draft.startOver(formOf(saved));
  };
  return {
    draft: {
      ...draft,
      set: (values: Partial<EntryPointForm>) => {
        draft.set(values);
        forget(Object.keys(values));
      },
    },
    errors,
    meanwhile,
    isSaving: saving.isPending,
    /** What failed as a whole; what the fields say themselves is in `errors`. */
    failure:
      saving.isError && statusOf(saving.error) !== 412 && noneOf(fromService(saving.error)) ? saving.error : null,
    takeTheirs: () => stored.current && settle(stored.current),
    /** @returns null when it could not be saved; why is on the screen then */
    save: async (): Promise<EntryPointDto | null> => {
      if (stored.current !== undefined && !draft.isChanged) return stored.current;
      const wrong = checkForm(draft.values, t);
      show(wrong);
      if (!noneOf(wrong)) return null;
      return saving.mutateAsync().catch(() => null);
    },
  };
}

export type EntryPointEdit = ReturnType<typeof useSaveEntryPoint>;

const noneOf = (errors: object): boolean => Object.keys(errors).length === 0;
