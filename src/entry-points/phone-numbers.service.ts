import { Injectable } from '@nestjs/common';
import { TwilioNumbersService } from '../twilio-integration/twilio-numbers.service.js';
import { EntryPointsService } from './entry-points.service.js';
import type { PhoneNumberListDto } from './phone-number.dto.js';

@Injectable()
export class PhoneNumbersService {
  constructor(
    private readonly numbers: TwilioNumbersService,
    private readonly entryPoints: EntryPointsService,
  ) {}

  /** Twilio's numbers with who uses each here. */
  async list(accountId: string): Promise<PhoneNumberListDto> {
    const numbers = await this.numbers.list(accountId);
    const users = await this.entryPoints.findByNumbers(
      accountId,
      numbers.map(({ sid }) => sid),
    );
    const data = numbers.map((number) => {
      const user = users.get(number.sid);
      return { ...number, inUseBy: user === undefined ? null : { entryPointId: user.id, name: user.name } };
    });
    return { data, nextCursor: null };
  }
}
