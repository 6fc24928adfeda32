/** Signs in to the service like a person, and keeps the cookie like a browser. */
export class UserSession {
  private readonly baseUrl: string;
  private cookie = '';

  constructor(baseUrl: string) {
    this.baseUrl = baseUrl;
  }

  /** @returns false when the e-mail address or the password is wrong */
  async signIn(email: string, password: string): Promise<boolean> {
    const answer = await this.call('POST', 'session', { email, password });
    return answer.status === 401 ? false : expectOk(answer);
  }

  async changePassword(currentPassword: string, newPassword: string): Promise<void> {
    await expectOk(await this.call('POST', 'session/password', { currentPassword, newPassword }));
  }

  async signOut(): Promise<void> {
    await expectOk(await this.call('DELETE', 'session'));
  }

  private async call(method: string, path: string, body?: unknown): Promise<Response> {
    const answer = await fetch(`${this.baseUrl}/api/v1/${path}`, {
      method,
      headers: {
        Cookie: this.cookie,
        Origin: this.baseUrl,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const [cookie] = answer.headers.getSetCookie();
    if (cookie !== undefined) this.cookie = cookie.split(';')[0]!;
    return answer;
  }
}

async function expectOk(answer: Response): Promise<true> {
  if (answer.ok) return true;
  throw new Error(`${answer.url} answered ${answer.status}: ${await answer.text()}`);
}
