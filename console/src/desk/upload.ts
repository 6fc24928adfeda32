import type { UploadedMediaDto } from '../api/generated/types.gen.ts';
import { refusalOf, statusOf } from '../api/problem.ts';
import { untilSignedInAgain } from '../session/ended-session.ts';

interface UploadOptions {
  /** Gets the part that is there, from 0 to 1. */
  onProgress?: (part: number) => void;
  signal?: AbortSignal;
}

/**
 * Uploads a picture or file for a reply; again, if the session has ended meanwhile.
 * @throws what the client throws: `refusalOf` an answer, another error when there is none
 */
export async function upload(file: Blob, options: UploadOptions = {}): Promise<UploadedMediaDto> {
  try {
    return await post(file, options);
  } catch (error) {
    if (statusOf(error) === 401 && (await untilSignedInAgain())) return upload(file, options);
    throw error;
  }
}

/** Not by the API client: `fetch` does not tell how far an upload has come. */
function post(file: Blob, { onProgress, signal }: UploadOptions): Promise<UploadedMediaDto> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/v1/media');
    request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total === 0 ? 0 : loaded / total);
    request.onload = () => {
      if (request.status === 201) resolve(request.response as UploadedMediaDto);
      else reject(refusalOf(request.status, request.response));
    };
    request.onabort = () => reject(new DOMException('The upload was ended.', 'AbortError'));
    request.onerror = () => reject(new Error('The service cannot be reached.'));
    signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
