import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { composerOf, threadOf } from './desk.ts';
import { readInbox } from './replies.ts';

/** Expects that the draft is still there unchanged, and that it is sent exactly once. */
export async function expectDraftSentOnce(
  page: Page,
  service: { simulator: { url: string } },
  { customer, draft }: { customer: string; draft: string },
): Promise<void> {
  expect(await composerOf(page, customer).inputValue()).toBe(draft);
  await composerOf(page, customer).press('Control+Enter');
  await threadOf(page).getByText('Delivered').waitFor();
  expect((await readInbox(service, customer)).map(({ body }) => body)).toEqual([draft]);
}
