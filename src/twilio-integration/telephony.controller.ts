import { Body, Controller, Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.js';
import { AccountId, type Caller, CurrentCaller } from '../access/caller.js';
import { ApiConflict, ApiProblem } from '../common/api-problems.decorator.js';
import { ConnectTelephonyDto, TelephonyDto } from './telephony.dto.js';
import { TelephonyService } from './telephony.service.js';

@ApiTags('Telephony')
@Controller('telephony')
export class TelephonyController {
  constructor(private readonly telephony: TelephonyService) {}

  /** The connected Twilio account; its token is never shown. */
  @Get()
  @Access('telephony:read')
  get(@AccountId() accountId: string): Promise<TelephonyDto> {
    return this.telephony.get(accountId);
  }

  /** Connects a Twilio account once Twilio has taken its SID and token; entry points inherit it. */
  @Put()
  @Access('telephony:write')
  @ApiConflict('The Twilio account is connected by another account of this service.')
  @ApiProblem(422, 'A field is wrong, or Twilio refused the SID or the token; `detail` says what Twilio said.')
  @ApiProblem(502, 'Twilio cannot be reached.')
  connect(@CurrentCaller() caller: Caller, @Body() body: ConnectTelephonyDto): Promise<TelephonyDto> {
    return this.telephony.connect(caller, body);
  }

  /** Forgets the token: SMS are refused until a Twilio account is connected again. Entry points stay as they are. */
  @Delete()
  @HttpCode(204)
  @Access('telephony:write')
  disconnect(@CurrentCaller() caller: Caller): Promise<void> {
    return this.telephony.disconnect(caller);
  }

  /** Asks Twilio whether it still takes the stored token. */
  @Post('verify')
  @HttpCode(200)
  @Access('telephony:write')
  @ApiConflict('No Twilio account is connected.')
  @ApiProblem(502, 'Twilio cannot be reached.')
  verify(@CurrentCaller() caller: Caller): Promise<TelephonyDto> {
    return this.telephony.verify(caller);
  }
}
