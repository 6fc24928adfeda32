import type { FastifyReply, FastifyRequest } from 'fastify';

/** Because of the prefix, browsers require Secure, Path=/ and no Domain, so that no other host of the domain can set it. */
export const SESSION_COOKIE = '__Host-session';

const FLAGS = 'Path=/; Secure; HttpOnly; SameSite=Lax';
const SHAPE = new RegExp(`(?:^|;)\\s*${SESSION_COOKIE}=([^;]*)`);

/** The session id in the cookie of a request; undefined when there is no such cookie. */
export const readSessionCookie = ({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined =>
  SHAPE.exec(headers.cookie ?? '')?.[1]?.trim();

export function setSessionCookie(reply: FastifyReply, sessionId: string): void {
  void reply.header('Set-Cookie', `${SESSION_COOKIE}=${sessionId}; ${FLAGS}`);
}

export function clearSessionCookie(reply: FastifyReply): void {
  void reply.header('Set-Cookie', `${SESSION_COOKIE}=; ${FLAGS}; Max-Age=0`);
}
