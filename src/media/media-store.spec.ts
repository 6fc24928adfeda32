import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { startS3 } from '../../test/support/s3.ts';
import { newId } from '../common/ids.js';
import { LocalMediaStore } from './local-media-store.js';
import type { MediaStore } from './media-store.js';
import { S3MediaStore } from './s3-media-store.js';

interface OpenStore {
  store: MediaStore;
  close: () => Promise<void>;
}

async function openLocal(): Promise<OpenStore> {
  const folder = await mkdtemp(join(tmpdir(), 'sms-inbound-media-'));
  return { store: new LocalMediaStore(folder), close: () => rm(folder, { recursive: true }) };
}

async function openS3(): Promise<OpenStore> {
  const { stop, ...settings } = await startS3();
  return { store: new S3MediaStore(settings), close: stop };
}

const account = newId();
const newKey = (): string => `${account}/${newId()}`;

describe.each([
  ['a folder', openLocal],
  ['S3', openS3],
])('The media store on %s', (_, open) => {
  let store: MediaStore;
  let close: () => Promise<void>;

  beforeAll(async () => ({ store, close } = await open()));
  afterAll(() => close());

  const read = async (key: string): Promise<Uint8Array | null> => {
    const stream = await store.get(key);
    return stream && buffer(stream);
  };

  test.each([
    ['a few bytes', Buffer.from([0, 1, 2, 255])],
    ['no bytes', Buffer.alloc(0)],
    ['10 MiB', Buffer.alloc(10 * 1024 * 1024, 'picture')],
  ])('gives back %s', async (__, bytes) => {
    const key = newKey();
    await store.put(key, bytes);
    expect(bytes.equals((await read(key))!)).toBe(true);
  });

  test('has null under a key that nobody put', async () => {
    expect(await store.get(newKey())).toBeNull();
  });

  test('keeps what was put last', async () => {
    const key = newKey();
    await store.put(key, Buffer.from('first, and longer'));
    await store.put(key, Buffer.from('second'));
    expect(await read(key)).toEqual(Buffer.from('second'));
  });

  test('keeps one whole of many puts at once', async () => {
    const key = newKey();
    const each = Array.from({ length: 8 }, (__, n) => Buffer.alloc(100_000, String(n)));
    await Promise.all(each.map((bytes) => store.put(key, bytes)));
    const kept = await read(key);
    expect(each.some((bytes) => bytes.equals(kept!))).toBe(true);
  });

  test('deletes that key alone, also a second time', async () => {
    const [key, other] = [newKey(), newKey()];
    await store.put(key, Buffer.from('a'));
    await store.put(other, Buffer.from('b'));
    await store.delete(key);
    await store.delete(key);
    expect([await read(key), await read(other)]).toEqual([null, Buffer.from('b')]);
  });
});

describe('The media store on a folder', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sms-inbound-media-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('lets nobody else read, and leaves nothing unfinished behind', async () => {
    const store = new LocalMediaStore(join(folder, 'media'));
    const key = newKey();
    await store.put(key, Buffer.from('a'));
    const [, id] = key.split('/') as [string, string];
    const files = await readdir(folder, { recursive: true });
    const file = join('media', account, id.slice(-2), id);
    expect(files.toSorted()).toEqual(['media', join('media', account), join('media', account, id.slice(-2)), file]);
    expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'media'))).mode & 0o777).toBe(0o700);
  });

  test.each(['../escape', '/etc/passwd', 'a/b', '', `${account}/../../${account}`])(
    'refuses the key %j',
    async (key) => {
      const store = new LocalMediaStore(folder);
      await expect(store.put(key, Buffer.from('a'))).rejects.toThrow('key');
      await expect(store.get(key)).rejects.toThrow('key');
      await expect(store.delete(key)).rejects.toThrow('key');
    },
  );

  test('says when it cannot write', async () => {
    const store = new LocalMediaStore('/dev/null/media');
    await expect(store.put(newKey(), Buffer.from('a'))).rejects.toThrow('ENOTDIR');
  });
});

describe('The media store on S3', () => {
  test.each([
    ['another secret', { credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'wrong' } }, 'SignatureDoesNotMatch'],
    ['a bucket that is not there', { bucket: 'nowhere' }, 'NoSuchBucket'],
  ])('says when it has %s', async (_, given, expected) => {
    const { stop, ...settings } = await startS3();
    const store = new S3MediaStore({ ...settings, ...given });
    await expect(store.put(newKey(), Buffer.from('a'))).rejects.toMatchObject({ name: expected });
    await expect(store.get(newKey())).rejects.toMatchObject({ name: expected });
    await stop();
  });
});
