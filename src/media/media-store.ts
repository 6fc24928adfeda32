import type { Readable } from 'node:stream';

/** Where the bytes of pictures and files are kept. A key is `<uuid>/<uuid>`. */
export abstract class MediaStore {
  /** Durable once it resolves; replaces what is there. */
  abstract put(key: string, bytes: Uint8Array): Promise<void>;

  /** @returns null when there is nothing under this key */
  abstract get(key: string): Promise<Readable | null>;

  /** Also when there is nothing under this key. */
  abstract delete(key: string): Promise<void>;
}
