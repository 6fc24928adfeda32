import { Stack, TagsInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { contactsUpdateMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import type { ContactDto } from '../api/generated/types.gen.ts';
import { Failure } from '../ui/failure.tsx';
import { putContact } from './contact-lists.ts';

const MAX_TAGS = 20;
const MAX_TAG_LENGTH = 40;

/** Words on the contact; each change is kept at once. */
export function ContactTags({ contact }: { contact: ContactDto }) {
  const { t } = useTranslation('desk');
  const update = useMutation({ ...contactsUpdateMutation(), onSuccess: putContact });
  const tags = update.isPending ? (update.variables.body.tags ?? contact.tags) : contact.tags;
  const change = (changed: string[]): void => {
    const cut = changed.map((tag) => tag.trim().slice(0, MAX_TAG_LENGTH).trim()).filter((tag) => tag !== '');
    update.mutate({ path: { id: contact.id }, body: { tags: cut } });
  };
  return (
    <Stack gap="xs">
      <TagsInput
        aria-label={t('tags.label')}
        placeholder={tags.length === 0 ? t('tags.label') : undefined}
        value={tags}
        onChange={change}
        maxTags={MAX_TAGS}
        clearable={false}
        isDuplicate={(tag, all) => all.some((each) => each.toLowerCase() === tag.toLowerCase())}
        comboboxProps={{ withinPortal: false }}
      />
      <Failure error={update.error} />
    </Stack>
  );
}
