import type { FastifyRequest } from 'fastify';
import { Problem } from '../common/problem.js';

type Headed = Pick<FastifyRequest, 'headers' | 'method'>;

/**
 * Keeps other sites from using the cookie of somebody who is signed in here:
 * https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
 * @throws Problem 403 when another site made the request, or when it changes something and does not tell where it is from
 */
export function refuseOtherSites(request: Headed): void {
  refuseForeignOrigin(request);
  if (!isRead(request) && request.headers.origin === undefined) {
    throw originMismatch('A request that changes something with a session has to carry the header Origin.');
  }
}

/**
 * For the sign-in itself, which programs call that know of no Origin.
 * @throws Problem 403 when another site made the request
 */
export function refuseForeignOrigin(request: Headed): void {
  const { headers } = request;
  // `same-site` is a neighbour: another port of this host, or another name under the same domain.
  if (/^(cross|same)-site$/.test(headers['sec-fetch-site'] ?? '')) {
    throw originMismatch('This request was made by another site.');
  }
  if (isRead(request) || headers.origin === undefined) return;
  if (!URL.canParse(headers.origin) || new URL(headers.origin).host !== headers.host?.toLowerCase()) {
    throw originMismatch('This request was made by a page of another address than the one it was sent to.');
  }
}

const isRead = ({ method }: Headed): boolean => method === 'GET' || method === 'HEAD';

const originMismatch = (detail: string): Problem =>
  new Problem(403, 'origin_mismatch', `${detail} Use the pages of this service, or an API key.`);
