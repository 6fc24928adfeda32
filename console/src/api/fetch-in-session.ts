interface SessionParts {
  send: (request: Request) => Promise<Response>;
  /** Whether somebody is signed in, as far as the console knows. */
  hasSession: () => boolean;
  /** Asks the user to sign in again. @returns whether the same user has */
  signInAgain: () => Promise<boolean>;
}

/** What tells whether there is a session, begins one or ends it. */
const SESSION = '/api/v1/session';

/** Sends a request; if the session has ended, once more when the user has signed in again. */
export const fetchInSession = ({ send, hasSession, signInAgain }: SessionParts) =>
  async function fetchNow(request: Request): Promise<Response> {
    const again = request.clone();
    const response = await send(request);
    const isInSession = hasSession() && new URL(request.url).pathname !== SESSION;
    if (response.status !== 401 || !isInSession) return response;
    return (await signInAgain()) ? fetchNow(again) : response;
  };
