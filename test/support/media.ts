import type { MessageDto, MessagePageDto } from '../../src/contacts/message.dto.js';
import type { MessageMediaDto } from '../../src/media/media.dto.js';
import type { TestApp } from './app.ts';
import { textAndWait } from './contacts.ts';
import { eventually } from './eventually.ts';
import { expectStatus } from './factories.ts';
import type { SimulatedSms } from './phone.ts';

export interface TestFile {
  contentType: string;
  bytes: Buffer;
}

export const PNG: TestFile = {
  contentType: 'image/png',
  bytes: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
};
export const GIF: TestFile = {
  contentType: 'image/gif',
  bytes: Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64'),
};

/** A file as the simulator's phones attach it. */
export const attach = ({ contentType, bytes }: TestFile): { contentType: string; base64: string } => ({
  contentType,
  base64: bytes.toString('base64'),
});

/** Sends files from a phone, and waits for the message that contains them, fetched or not. */
export async function textFiles(
  app: TestApp,
  files: TestFile[],
  sms: SimulatedSms & { from: string },
): Promise<MessageDto> {
  const contact = await textAndWait(app, { media: files.map(attach), ...sms });
  return lastMessage(app, contact.id);
}

export async function lastMessage({ api }: Pick<TestApp, 'api'>, contactId: string): Promise<MessageDto> {
  const page = expectStatus(await api.get<MessagePageDto>(`contacts/${contactId}/messages?limit=100`), 200);
  return page.data.at(-1)!;
}

/** Waits until no media of a message are pending. @returns them */
export function mediaOnceFetched(app: TestApp, { id, contactId }: MessageDto): Promise<MessageMediaDto[]> {
  return eventually('media that are not pending', async () => {
    await skipBackoff(app);
    const page = expectStatus(await app.api.get<MessagePageDto>(`contacts/${contactId}/messages?limit=100`), 200);
    const { media } = page.data.find((message) => message.id === id)!;
    return media.every(({ state }) => state !== 'pending') && media;
  });
}

/** Makes media due now that wait for a retry; attempts in progress are not affected. */
async function skipBackoff({ dataSource }: TestApp): Promise<void> {
  await dataSource.query(
    `UPDATE message_media SET next_try_at = now(), job_due_at = now()
     WHERE state = 'pending' AND attempts > 0 AND job_due_at > next_try_at`,
  );
}

export interface MediaRow {
  id: string;
  state: string;
  source_url: string;
  content_type: string;
  detected_type: string | null;
  attempts: number;
  sha256: string | null;
  storage_key: string | null;
  reason: string | null;
}

export async function findMediaRow({ dataSource }: Pick<TestApp, 'dataSource'>, id: string): Promise<MediaRow> {
  const [row] = await dataSource.query('SELECT * FROM message_media WHERE id = $1', [id]);
  return row;
}

/** Sets the trouble of the simulator's REST API. */
export async function setTrouble({ simulator }: Pick<TestApp, 'simulator'>, trouble: object): Promise<void> {
  await fetch(`${simulator.url}/sim/v1/trouble`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(trouble),
  });
}

export interface Download {
  status: number;
  headers: Headers;
  bytes: Buffer;
}

/** Downloads media from the API. */
export async function download(
  { api }: Pick<TestApp, 'api'>,
  id: string,
  headers: Record<string, string> = {},
): Promise<Download> {
  const answer = await fetch(`${api.url}/api/v1/media/${id}`, {
    headers: { Authorization: `Bearer ${api.key}`, ...headers },
  });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}
