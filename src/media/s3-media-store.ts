import type { S3Client } from '@aws-sdk/client-s3';
import type { Readable } from 'node:stream';
import { MediaStore } from './media-store.js';

type S3 = typeof import('@aws-sdk/client-s3');

export interface S3Settings {
  bucket: string;
  /** Left out, the SDK's own settings say it. */
  region?: string;
  /** Of a compatible server; left out for Amazon's. */
  endpoint?: string;
  /** Left out, the SDK finds some: its own variables, a profile, the machine's role. */
  credentials?: { accessKeyId: string; secretAccessKey: string };
}

const CONNECTION_TIMEOUT_MS = 2_000;
const SOCKET_TIMEOUT_MS = 8_000;
/** Requests are signed for a region, which most compatible servers do not look at. */
const ANY_REGION = 'us-east-1';

/** A bucket of Amazon S3, or of a server that speaks its protocol. */
export class S3MediaStore extends MediaStore {
  private opened: Promise<{ s3: S3; client: S3Client }> | undefined;

  constructor(private readonly settings: S3Settings) {
    super();
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    const { s3, client } = await this.open();
    const Bucket = this.settings.bucket;
    // The type is in our row; a bucket opened by mistake must not serve a page.
    const ContentType = 'application/octet-stream';
    await client.send(new s3.PutObjectCommand({ Bucket, Key: key, Body: bytes, ContentType }));
  }

  async get(key: string): Promise<Readable | null> {
    const { s3, client } = await this.open();
    try {
      const { Body } = await client.send(new s3.GetObjectCommand({ Bucket: this.settings.bucket, Key: key }));
      return Body as Readable;
    } catch (error) {
      if (error instanceof s3.NoSuchKey) return null;
      throw error;
    }
  }

  async delete(key: string): Promise<void> {
    const { s3, client } = await this.open();
    await client.send(new s3.DeleteObjectCommand({ Bucket: this.settings.bucket, Key: key }));
  }

  /** At the first use: loading the SDK takes a while, and most do without. */
  private open(): Promise<{ s3: S3; client: S3Client }> {
    this.opened ??= import('@aws-sdk/client-s3').then((s3) => ({ s3, client: this.connect(s3) }));
    return this.opened;
  }

  private connect(s3: S3): S3Client {
    const { region, endpoint, credentials } = this.settings;
    return new s3.S3Client({
      ...(endpoint !== undefined && { endpoint, forcePathStyle: true, region: ANY_REGION }),
      ...(region !== undefined && { region }),
      ...(credentials !== undefined && { credentials }),
      maxAttempts: 2,
      requestHandler: { connectionTimeout: CONNECTION_TIMEOUT_MS, socketTimeout: SOCKET_TIMEOUT_MS },
      // Compatible servers do not all know the SDK's newer checksums.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }
}
