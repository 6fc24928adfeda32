import S3rver from '@20minutes/s3rver';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TestS3 {
  bucket: string;
  endpoint: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  /** May be called twice. */
  stop: () => Promise<void>;
}

/** Starts an S3 server that checks signatures, with one empty bucket, on a free port of this machine. */
export async function startS3(): Promise<TestS3> {
  const bucket = 'media';
  const directory = await mkdtemp(join(tmpdir(), 'sms-inbound-s3-'));
  const configureBuckets = [{ name: bucket }];
  const server = new S3rver({ address: '127.0.0.1', port: 0, directory, silent: true, configureBuckets });
  const { port } = await server.run();
  let isRunning = true;
  return {
    bucket,
    endpoint: `http://127.0.0.1:${port}`,
    // The server's only account.
    credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    stop: async () => {
      if (!isRunning) return;
      isRunning = false;
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
