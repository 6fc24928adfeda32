import { randomBytes } from 'node:crypto';
import { newSid } from '../sids.ts';

export interface Media {
  sid: string;
  messageSid: string;
  contentType: string;
  /** The bytes, or the URL to fetch them from on the first request. */
  content: Buffer | URL;
  /** The secret part of the CDN address, which needs no credentials. */
  cdnKey: string;
  createdAt: number;
}

export type NewMedia = Pick<Media, 'contentType' | 'content'>;

const TYPES: Record<string, string> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  pdf: 'application/pdf',
  mp4: 'video/mp4',
  mp3: 'audio/mpeg',
  vcf: 'text/vcard',
};

export class MediaStore {
  readonly #bySid = new Map<string, Media>();
  readonly #byMessage = new Map<string, Media[]>();

  add(messageSid: string, given: NewMedia[]): Media[] {
    const all = given.map((one) => ({
      sid: newSid('ME'),
      messageSid,
      cdnKey: randomBytes(18).toString('base64url'),
      createdAt: Date.now(),
      ...one,
    }));
    for (const media of all) this.#bySid.set(media.sid, media);
    if (all.length) this.#byMessage.set(messageSid, all);
    return all;
  }

  listOf(messageSid: string): Media[] {
    return this.#byMessage.get(messageSid) ?? [];
  }

  find(messageSid: string, sid: string): Media | undefined {
    const media = this.#bySid.get(sid);
    return media?.messageSid === messageSid ? media : undefined;
  }

  findByCdnKey(sid: string, cdnKey: string): Media | undefined {
    const media = this.#bySid.get(sid);
    return media?.cdnKey === cdnKey ? media : undefined;
  }

  remove(media: Media) {
    this.#bySid.delete(media.sid);
    this.#byMessage.set(
      media.messageSid,
      this.listOf(media.messageSid).filter((other) => other !== media),
    );
  }

  removeOf(messageSid: string) {
    for (const media of this.listOf(messageSid)) this.remove(media);
  }
}

export const mediaFromUrl = (url: string): NewMedia => ({
  content: new URL(url),
  contentType: TYPES[new URL(url).pathname.split('.').at(-1)!.toLowerCase()] ?? 'image/jpeg',
});
