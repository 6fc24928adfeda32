import { Controller, Header, HttpCode, Logger, Post, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../access/access.decorator.js';
import { Problem } from '../common/problem.js';
import { splitStatusKey } from '../entry-points/webhook-url.js';
import { MessageProgressService } from '../outbound-sms/message-progress.service.js';
import { DeadlineError, withDeadline } from '../queue/deadline.js';
import { decodeStatusCallback } from '../twilio-integration/status-callback.form.js';
import { EMPTY_TWIML, TWIML_CONTENT_TYPE } from '../twilio-integration/twiml.js';
import { type TwilioRequest, TwilioSignatureGuard } from './twilio-signature.guard.js';

/** Twilio waits 3.5 s (see CONNECTION_OVERRIDES). */
const DEADLINE_MS = 2_000;

/** Where Twilio tells what became of a message; `key` is the entry point's, and the message's id. */
@ApiExcludeController()
@Controller('/webhooks/twilio/status')
@UseGuards(TwilioSignatureGuard)
@Public()
export class TwilioStatusController {
  private readonly logger = new Logger(TwilioStatusController.name);

  constructor(private readonly progress: MessageProgressService) {}

  /** Signed by Twilio, so it is taken in any case; what cannot be used is said in the log. */
  @Post(':key')
  @HttpCode(200)
  @Header('Content-Type', TWIML_CONTENT_TYPE)
  async receive(@Req() { twilio, params }: TwilioRequest): Promise<string> {
    const problem = await withDeadline(this.note(twilio, params.key), DEADLINE_MS, 'noting a status').catch(tooLate);
    if (problem !== null) this.logger.warn({ accountId: twilio.accountId, problem }, 'A status callback says nothing');
    return EMPTY_TWIML;
  }

  private async note(twilio: TwilioRequest['twilio'], keyText: string): Promise<string | null> {
    const { accountId, accountSid, form } = twilio;
    if (form.get('AccountSid') !== accountSid) return 'its AccountSid is not the Twilio account whose token signed it';
    const messageId = splitStatusKey(keyText)?.messageId;
    if (messageId === undefined) return 'its URL names no message';
    const callback = decodeStatusCallback(form);
    if (typeof callback === 'string') return callback;
    const isOurs = await this.progress.noteAtTwilio({ accountId, messageId }, callback);
    return isOurs ? null : 'the account has no such message';
  }
}

function tooLate(error: unknown): never {
  if (!(error instanceof DeadlineError)) throw error;
  throw new Problem(503, 'database_slow', 'The status could not be noted in time. Twilio tries again.', {
    cause: error,
  });
}
