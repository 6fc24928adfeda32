import type { Locator, Page } from 'playwright-core';

/** The open conversation. */
export const threadOf = (page: Page): Locator => page.getByRole('region', { name: 'Thread', exact: true });

export const composerOf = (page: Page, customer: string): Locator =>
  page.getByRole('textbox', { name: `Reply to ${customer}` });

/** Takes a contact that waits, and opens it. */
export async function accept(page: Page, customer: string): Promise<void> {
  await page.getByRole('button', { name: `Accept ${customer}` }).click();
  await composerOf(page, customer).waitFor();
}

/** Writes a reply and sends it as agents do. */
export async function reply(page: Page, customer: string, body: string): Promise<void> {
  const composer = composerOf(page, customer);
  await composer.fill(body);
  await composer.press('Control+Enter');
}

/** Until the desk says so: it hears of what happens. */
export const untilLive = (page: Page): Promise<void> => page.getByRole('status').getByText('Up to date').waitFor();
