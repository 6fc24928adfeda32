import type { FastifyReply, FastifyRequest } from 'fastify';

/** The prefix makes browsers insist on Secure, Path=/ and no Domain: no neighbouring host can set it. */
export const SESSION_COOKIE = '__Host-session';

const FLAGS = 'Path=/; Secure; HttpOnly; SameSite=Lax';
const SHAPE = new RegExp(`(?:^|;)\\s*${SESSION_COOKIE}=([^;]*)`);

/** The session id that a request brings; undefined when it has no such cookie. */
export const readSessionCookie = ({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined =>
  SHAPE.exec(headers.cookie ?? '')?.[1]?.trim();

export function setSessionCookie(reply: FastifyReply, sessionId: string): void {
  void reply.header('Set-Cookie', `${SESSION_COOKIE}=${sessionId}; ${FLAGS}`);
}

export function clearSessionCookie(reply: FastifyReply): void {
  void reply.header('Set-Cookie', `${SESSION_COOKIE}=; ${FLAGS}; Max-Age=0`);
}
