import { Controller, Header, HttpCode, Post, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../access/access.decorator.js';
import { EMPTY_TWIML, TWIML_CONTENT_TYPE } from '../twilio-integration/twiml.js';
import { InboxService } from './inbox.service.js';
import { type TwilioRequest, TwilioSignatureGuard } from './twilio-signature.guard.js';

/** Where Twilio posts every SMS; `key` is the entry point's. */
@ApiExcludeController()
@Controller('/webhooks/twilio/sms')
@UseGuards(TwilioSignatureGuard)
@Public()
export class TwilioSmsController {
  constructor(private readonly inbox: InboxService) {}

  @Post(':key')
  @HttpCode(200)
  @Header('Content-Type', TWIML_CONTENT_TYPE)
  async receive(@Req() { twilio }: TwilioRequest): Promise<string> {
    await this.inbox.accept(twilio);
    return EMPTY_TWIML;
  }
}
