import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Expensive } from '../access/access.decorator.js';
import { AccountId } from '../access/caller.js';
import { ApiConflict, ApiProblem } from '../common/api-problems.decorator.js';
import { PhoneNumberListDto } from './phone-number.dto.js';
import { PhoneNumbersService } from './phone-numbers.service.js';

@ApiTags('Telephony')
@Controller('telephony/phone-numbers')
export class PhoneNumbersController {
  constructor(private readonly phoneNumbers: PhoneNumbersService) {}

  /** All numbers and short codes of the connected Twilio account; those without `capabilities.sms` cannot be chosen. */
  @Get()
  @Access('telephony:read')
  @Expensive()
  @ApiConflict('No Twilio account is connected.')
  @ApiProblem(502, 'Twilio cannot be reached.')
  list(@AccountId() accountId: string): Promise<PhoneNumberListDto> {
    return this.phoneNumbers.list(accountId);
  }
}
