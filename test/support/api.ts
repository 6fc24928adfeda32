export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

/** Calls the REST API over HTTP. It never throws because of a status; tests check that themselves. */
export class Api {
  readonly url: string;
  readonly key: string | null;

  // Written out, since Node runs this file unbuilt in the bench and does not support parameter properties.
  constructor(url: string, key: string | null) {
    this.url = url;
    this.key = key;
  }

  get<T>(path: string): Promise<Answer<T>> {
    return this.call('GET', path);
  }

  post<T>(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<T>> {
    return this.call('POST', path, body, headers);
  }

  put<T>(path: string, body?: unknown): Promise<Answer<T>> {
    return this.call('PUT', path, body);
  }

  patch<T>(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer<T>> {
    return this.call('PATCH', path, body, headers);
  }

  delete<T>(path: string, headers?: Record<string, string>): Promise<Answer<T>> {
    return this.call('DELETE', path, undefined, headers);
  }

  async call<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const answer = await fetch(`${this.url}/api/v1/${path}`, {
      method,
      headers: {
        ...(this.key !== null && { Authorization: `Bearer ${this.key}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      body: (text === '' ? null : JSON.parse(text)) as T,
    };
  }
}
