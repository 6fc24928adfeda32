import type { Locator, Page } from 'playwright-core';

/** The open conversation. */
export const threadOf = (page: Page): Locator => page.getByRole('region', { name: 'Thread', exact: true });

export const composerOf = (page: Page, customer: string): Locator =>
  page.getByRole('textbox', { name: `Reply to ${customer}` });

/** Accepts a waiting contact, which opens it. */
export async function accept(page: Page, customer: string): Promise<void> {
  await page.getByRole('button', { name: `Accept ${customer}` }).click();
  await composerOf(page, customer).waitFor();
}

/** Writes a reply and sends it with the keyboard. */
export async function reply(page: Page, customer: string, body: string): Promise<void> {
  const composer = composerOf(page, customer);
  await composer.fill(body);
  await composer.press('Control+Enter');
}

/** Waits until the desk receives live events. */
export const untilLive = (page: Page): Promise<void> => page.getByRole('status').getByText('Up to date').waitFor();
