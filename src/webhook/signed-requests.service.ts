import { Injectable, Logger } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../common/problem.js';
import { KEY_LENGTH } from '../entry-points/webhook-url.js';
import type { SignedByTwilio } from '../inbound-sms/signed-form.js';
import { isSignedByTwilio } from '../twilio-integration/signature.js';
import type { Signer } from '../twilio-integration/telephony.service.js';
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
    if (!Buffer.isBuffer(raw)) throw notAForm();
    const keyText = request.params.key.slice(0, KEY_LENGTH);
    const key = await this.keys.find(keyText);
    if (key === null) throw unknownKey();
    const form = new TwilioForm(raw);
    const signer = await this.findSigner(keyText, key, {
      path: request.routeOptions.url!.replace(':key', request.params.key),
      form,
      signature: String(request.headers['x-twilio-signature'] ?? ''),
    });
    if (signer === null) throw this.refuse(key, request.id);
    // From here on nothing is refused: whatever a token of this account signed is stored, if only in quarantine.
    return { accountId: key.accountId, accountSid: signer.accountSid, form, raw };
  }

  /** Whose token signed it; null when it is nobody's that the key may have. */
  private async findSigner(keyText: string, key: WebhookKey, signed: Signed): Promise<Signer | null> {
    const signer = signerOf(key, signed);
    // Another process may just have changed the token or the URL.
    if (signer !== null || !(await this.keys.refresh())) return signer;
    const fresh = await this.keys.find(keyText);
    return fresh && signerOf(fresh, signed);
  }

  private refuse({ accountId, bases, signer }: WebhookKey, traceId: string): Problem {
    this.logger.warn(
      { accountId, bases, traceId, connected: signer !== null },
      'Refused a webhook request: its signature does not match these addresses and the stored tokens',
    );
    if (signer === null) return disconnected();
    this.refused.note(accountId, bases);
    return signatureInvalid();
  }
}

function signerOf({ bases, signer }: WebhookKey, { path, form, signature }: Signed): Signer | null {
  const urls = bases.map((base) => base + path);
  return signer !== null && isSignedByTwilio({ form, signature, urls, tokens: signer.tokens }) ? signer : null;
}

export const notAForm = (): Problem =>
  new Problem(415, 'not_a_form', 'Twilio posts application/x-www-form-urlencoded; this request is something else.');

const unknownKey = (): Problem =>
  new Problem(404, 'unknown_key', 'No entry point has this webhook URL. Set the webhook again.');

const disconnected = (): Problem =>
  new Problem(
    403,
    'telephony_disconnected',
    'No Twilio account is connected, so the signature cannot be verified. Connect it again.',
  );

const signatureInvalid = (): Problem =>
  new Problem(
    403,
    'signature_invalid',
    'X-Twilio-Signature does not match. Check PUBLIC_URL and the AUTH TOKEN; the health report names the address that was used.',
  );
