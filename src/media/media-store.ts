import type { Readable } from 'node:stream';

/** Where the bytes of pictures and files are kept. A key is `<uuid>/<uuid>`. */
export abstract class MediaStore {
  /** Stores the bytes durably, replacing earlier ones. */
  abstract put(key: string, bytes: Uint8Array): Promise<void>;

  /** @returns null if nothing is stored under this key */
  abstract get(key: string): Promise<Readable | null>;

  /** Succeeds even if nothing is stored under this key. */
  abstract delete(key: string): Promise<void>;
}
