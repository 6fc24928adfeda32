import { Injectable, Logger } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../common/problem.js';
import { KEY_LENGTH } from '../entry-points/webhook-url.js';
import type { SignedByTwilio } from '../inbound-sms/signed-form.js';
import { isSignedByTwilio } from '../twilio-integration/signature.js';
import { TwilioForm } from '../twilio-integration/twilio-form.js';
import { RefusedRequestsService } from './refused-requests.service.js';
import { type WebhookKey, WebhookKeysService } from './webhook-keys.service.js';

/** A request to a URL that was set at Twilio; `key` is the entry point's, followed by a message id in status callbacks. */
export type WebhookRequest = FastifyRequest<{ Params: { key: string } }>;

interface Signed {
  path: string;
  form: TwilioForm;
  signature: string;
}

/**
 * Verifies that Twilio signed a request with a token of the key's account, for the URL that was set there. The request's
 * own Host header is never used: behind a proxy it is wrong, and anybody can set it.
 */
@Injectable()
export class SignedRequestsService {
  private readonly logger = new Logger(SignedRequestsService.name);

  constructor(
    private readonly keys: WebhookKeysService,
    private readonly refused: RefusedRequestsService,
  ) {}

  /** @throws Problem 403, 404, 415, or 503 when the keys cannot be read */
  async verify(request: WebhookRequest): Promise<SignedByTwilio> {
    const raw: unknown = request.body;
    if (!Buffer.isBuffer(raw)) throw NOT_A_FORM;
    const keyText = request.params.key.slice(0, KEY_LENGTH);
    const key = await this.keys.find(keyText);
    if (key === null) throw UNKNOWN_KEY;
    const form = new TwilioForm(raw);
    const signed: Signed = {
      path: request.routeOptions.url!.replace(':key', request.params.key),
      form,
      signature: String(request.headers['x-twilio-signature'] ?? ''),
    };
    if (!(await this.isSigned(keyText, key, signed))) {
      this.logger.warn(
        { accountId: key.accountId, bases: key.bases, traceId: request.id, connected: key.signer !== null },
        'Refused a webhook request: its signature does not match these addresses and the stored tokens',
      );
      if (key.signer === null) throw DISCONNECTED;
      this.refused.note(key.accountId, key.bases);
      throw SIGNATURE_INVALID;
    }
    // From here on nothing is refused: whatever a token of this account signed is stored, if only in quarantine.
    return { accountId: key.accountId, accountSid: key.signer!.accountSid, form, raw };
  }

  private async isSigned(keyText: string, key: WebhookKey, { path, ...signed }: Signed): Promise<boolean> {
    const check = ({ bases, signer }: WebhookKey): boolean =>
      isSignedByTwilio({ ...signed, urls: bases.map((base) => base + path), tokens: signer?.tokens ?? [] });
    if (check(key)) return true;
    // Another process may just have changed the token or the URL.
    if (!(await this.keys.refresh())) return false;
    const fresh = await this.keys.find(keyText);
    if (fresh === null || !check(fresh)) return false;
    Object.assign(key, fresh);
    return true;
  }
}

export const NOT_A_FORM = new Problem(
  415,
  'not_a_form',
  'Twilio posts application/x-www-form-urlencoded; this request is something else.',
);
const UNKNOWN_KEY = new Problem(404, 'unknown_key', 'No entry point has this webhook URL. Set the webhook again.');
const DISCONNECTED = new Problem(
  403,
  'telephony_disconnected',
  'No Twilio account is connected, so the signature cannot be verified. Connect it again.',
);
const SIGNATURE_INVALID = new Problem(
  403,
  'signature_invalid',
  'X-Twilio-Signature does not match. Check PUBLIC_URL and the AUTH TOKEN; the health report names the address that was used.',
);
