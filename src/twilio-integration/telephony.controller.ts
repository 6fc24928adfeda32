import { Body, Controller, Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Expensive } from '../access/access.decorator.js';
import { AccountId, type Caller, CurrentCaller } from '../access/caller.js';
import { ApiConflict, ApiProblem } from '../common/api-problems.decorator.js';
import { ConnectTelephonyDto, TelephonyDto } from './telephony.dto.js';
import { TelephonyService } from './telephony.service.js';

@ApiTags('Telephony')
@Controller('telephony')
export class TelephonyController {
  constructor(private readonly telephony: TelephonyService) {}

  /** Returns the connected Twilio account, without its token. */
  @Get()
  @Access('telephony:read')
  get(@AccountId() accountId: string): Promise<TelephonyDto> {
    return this.telephony.get(accountId);
  }

  /** Connects a Twilio account for all entry points, after Twilio has accepted its SID and token. */
  @Put()
  @Access('telephony:write')
  @Expensive()
  @ApiConflict('The Twilio account is already connected to another account of this service.')
  @ApiProblem(422, "A field is invalid, or Twilio refused the SID or the token; `detail` has Twilio's message.")
  @ApiProblem(502, 'Twilio cannot be reached.')
  connect(@CurrentCaller() caller: Caller, @Body() body: ConnectTelephonyDto): Promise<TelephonyDto> {
    return this.telephony.connect(caller, body);
  }

  /** Deletes the stored token. SMS are refused until a Twilio account is connected again. Entry points do not change. */
  @Delete()
  @HttpCode(204)
  @Access('telephony:write')
  disconnect(@CurrentCaller() caller: Caller): Promise<void> {
    return this.telephony.disconnect(caller);
  }

  /** Checks whether Twilio still accepts the stored token. */
  @Post('verify')
  @HttpCode(200)
  @Access('telephony:write')
  @Expensive()
  @ApiConflict('No Twilio account is connected.')
  @ApiProblem(502, 'Twilio cannot be reached.')
  verify(@CurrentCaller() caller: Caller): Promise<TelephonyDto> {
    return this.telephony.verify(caller);
  }
}
