import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { campaignsCreate, campaignsGet, campaignsUpdate } from '../api/generated/sdk.gen.ts';
import type { CampaignDto } from '../api/generated/types.gen.ts';
import { statusOf } from '../api/problem.ts';
import { refresh } from '../api/query-client.ts';
import { useFieldErrors } from '../editing/field-errors.ts';
import type { Merged } from '../editing/merge-changes.ts';
import { useDraft } from '../editing/use-draft.ts';
import { useErrorText, useFieldTexts } from '../ui/error-text.ts';
import { type CampaignForm, emptyForm, formOf, toCreate, toUpdate, withLanguages } from './campaign-form.ts';
import { checkCampaign, errorsFrom } from './check-campaign.ts';

/** The draft of a campaign and how it is saved: on top of what the drawer has read, and of nothing else. */
export function useSaveCampaign(read: CampaignDto | undefined, onSaved: () => void) {
  const { t } = useTranslation('campaigns');
  const errorText = useErrorText();
  const fieldTexts = useFieldTexts();
  const fromService = (error: unknown) => errorsFrom(error, errorText(error), fieldTexts(error));
  const draft = useDraft(read === undefined ? emptyForm() : formOf(read));
  const { errors, show, forget } = useFieldErrors();
  const stored = useRef(read);
  const [meanwhile, setMeanwhile] = useState<Merged<CampaignForm> | null>(null);
  const saving = useMutation({
    mutationFn: async () => {
      const known = stored.current;
      if (known === undefined) return campaignsCreate({ body: toCreate(draft.values), throwOnError: true });
      return campaignsUpdate({
        path: { id: known.id },
        body: toUpdate(draft.values, draft.changed),
        headers: { 'If-Match': `"${known.version}"` },
        throwOnError: true,
      });
    },
    onSuccess: () => {
      refresh(['campaignsList', 'campaignsGet', 'entryPointsList', 'entryPointsGet']);
      onSaved();
    },
    onError: async (error) => {
      const known = stored.current;
      if (statusOf(error) !== 412 || known === undefined) return show(fromService(error));
      const { data: theirs } = await campaignsGet({ path: { id: known.id }, throwOnError: true });
      stored.current = theirs;
      const merged = draft.rebase(formOf(theirs));
      // Languages of theirs need settings in ours, and those of languages that went must go.
      draft.set(withLanguages(merged.values, merged.values.languages));
      setMeanwhile(merged);
      refresh(['campaignsList', 'campaignsGet']);
    },
  });
  const hasFieldErrors = saving.isError && Object.keys(fromService(saving.error)).length > 0;
  return {
    draft: {
      ...draft,
      set: (values: Partial<CampaignForm>) => {
        draft.set(values);
        forget(Object.keys(values));
      },
    },
    errors,
    meanwhile,
    isSaving: saving.isPending,
    /** What failed as a whole; what the fields say themselves is in `errors`. */
    failure: saving.isError && statusOf(saving.error) !== 412 && !hasFieldErrors ? saving.error : null,
    takeTheirs: () => {
      if (stored.current === undefined) return;
      draft.startOver(formOf(stored.current));
      setMeanwhile(null);
    },
    save: () => {
      const wrong = checkCampaign(draft.values, t);
      show(wrong);
      if (Object.keys(wrong).length === 0) saving.mutate();
    },
  };
}
