import { Controller, Header, HttpCode, Logger, Post, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../access/access.decorator.js';
import { Problem } from '../common/problem.js';
import { splitStatusKey } from '../entry-points/webhook-url.js';
import type { SignedByTwilio } from '../inbound-sms/signed-form.js';
import { MessageProgressService } from '../outbound-sms/message-progress.service.js';
import { DeadlineError, withDeadline } from '../queue/deadline.js';
import { decodeStatusCallback } from '../twilio-integration/status-callback.form.js';
import { EMPTY_TWIML, TWIML_CONTENT_TYPE } from '../twilio-integration/twiml.js';
import { SignedRequestsService, type WebhookRequest } from './signed-requests.service.js';

/** Twilio waits 3.5 s (see CONNECTION_OVERRIDES). */
const DEADLINE_MS = 2_000;

/** Serves the status callbacks of our messages; `key` is the entry point's key followed by the message id. */
@ApiExcludeController()
@Controller('/webhooks/twilio/status')
@Public()
export class TwilioStatusController {
  private readonly logger = new Logger(TwilioStatusController.name);

  constructor(
    private readonly requests: SignedRequestsService,
    private readonly progress: MessageProgressService,
  ) {}

  /** Every signed callback is answered 200; one that cannot be used is logged. */
  @Post(':key')
  @HttpCode(200)
  @Header('Content-Type', TWIML_CONTENT_TYPE)
  async receive(@Req() request: WebhookRequest): Promise<string> {
    const signed = await this.requests.verify(request);
    const noting = this.note(signed, request.params.key);
    const problem = await withDeadline(noting, DEADLINE_MS, 'storing a status').catch(tooLate);
    if (problem !== null)
      this.logger.warn({ accountId: signed.accountId, problem }, 'A status callback cannot be used');
    return EMPTY_TWIML;
  }

  private async note({ accountId, accountSid, form }: SignedByTwilio, keyText: string): Promise<string | null> {
    if (form.get('AccountSid') !== accountSid) return 'its AccountSid is not the Twilio account whose token signed it';
    const messageId = splitStatusKey(keyText)?.messageId;
    if (messageId === undefined) return 'its URL names no message';
    const callback = decodeStatusCallback(form);
    if ('reason' in callback) return callback.reason;
    const isOurs = await this.progress.noteAtTwilio({ accountId, messageId }, callback.value);
    return isOurs ? null : 'the account has no such message';
  }
}

function tooLate(error: unknown): never {
  if (!(error instanceof DeadlineError)) throw error;
  throw new Problem(503, 'database_slow', 'The status could not be stored in time. Twilio retries.', {
    cause: error,
  });
}
