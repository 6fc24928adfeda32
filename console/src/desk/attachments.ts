import { useSyncExternalStore } from 'react';
import type { UploadedMediaDto } from '../api/generated/types.gen.ts';
import { type Refusal, refusalsOf } from './refused-files.ts';
import { upload } from './upload.ts';

/** A picture or file on its way into a reply. */
export interface Attachment {
  key: string;
  file: File;
  /** Where to see it while it is not sent; null when it is no picture. */
  preview: string | null;
  state: 'uploading' | 'uploaded' | 'failed' | 'refused';
  /** The part that is there, from 0 to 1. */
  progress: number;
  /** Why it is refused without a try; null when it is not. */
  refusal: Refusal | null;
  /** Why the upload failed. */
  error: unknown;
  media: UploadedMediaDto | null;
}

const NONE: Attachment[] = [];

const watchers = new Set<() => void>();
const drafts = new Map<string, Attachment[]>();
const uploads = new Map<string, AbortController>();

const of = (draft: string): Attachment[] => drafts.get(draft) ?? NONE;

function become(draft: string, next: Attachment[]): void {
  drafts.set(draft, next);
  for (const watcher of watchers) watcher();
}

const change = (draft: string, key: string, changes: Partial<Attachment>): void =>
  become(
    draft,
    of(draft).map((each) => (each.key === key ? { ...each, ...changes } : each)),
  );

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** What an agent has attached for a contact; it stays while the page does. */
export function useAttachments(agentId: string, contactId: string, maxBytes: number) {
  const draft = `${agentId}.${contactId}`;
  const attachments = useSyncExternalStore(watch, () => of(draft));
  return {
    attachments,
    attach: (files: Iterable<File>) => attach(draft, [...files], maxBytes),
    retry: (key: string) => void start(draft, key),
    remove: (key: string) => remove(draft, key),
    clear: () => {
      for (const { key } of of(draft)) remove(draft, key);
    },
  };
}

function attach(draft: string, files: File[], maxBytes: number): void {
  const taken = of(draft).filter(({ state }) => state !== 'refused').length;
  const refusals = refusalsOf(files, { taken, maxBytes });
  const added = files.map((file, i): Attachment => {
    const refusal = refusals[i]!;
    return {
      key: crypto.randomUUID(),
      file,
      preview: file.type.startsWith('image/') && refusal !== 'type' ? URL.createObjectURL(file) : null,
      state: refusal === null ? 'uploading' : 'refused',
      progress: 0,
      refusal,
      error: null,
      media: null,
    };
  });
  become(draft, [...of(draft), ...added]);
  for (const { key, state } of added) if (state === 'uploading') void start(draft, key);
}

async function start(draft: string, key: string): Promise<void> {
  const attachment = of(draft).find((each) => each.key === key);
  if (attachment === undefined) return;
  const abort = new AbortController();
  uploads.set(key, abort);
  change(draft, key, { state: 'uploading', progress: 0, error: null });
  try {
    const onProgress = (progress: number): void => change(draft, key, { progress });
    const media = await upload(attachment.file, { onProgress, signal: abort.signal });
    change(draft, key, { state: 'uploaded', progress: 1, media });
  } catch (error) {
    change(draft, key, { state: 'failed', error });
  } finally {
    uploads.delete(key);
  }
}

/** What was uploaded and is not sent goes by itself after a day. */
function remove(draft: string, key: string): void {
  uploads.get(key)?.abort();
  const preview = of(draft).find((each) => each.key === key)?.preview;
  if (preview) URL.revokeObjectURL(preview);
  become(
    draft,
    of(draft).filter((each) => each.key !== key),
  );
}
