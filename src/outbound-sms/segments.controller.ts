import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.js';
import { ApiValidated } from '../common/api-problems.decorator.js';
import { countSegments, SMS_LIMIT, smsLength } from '../common/segments.js';
import { CountedSegmentsDto, CountSegmentsDto } from './segments.dto.js';

@ApiTags('Contacts')
@Controller('sms/segments')
export class SegmentsController {
  /** Counts the segments of a text before it is sent, and suggests plain characters for those that make it longer. */
  @Post()
  @HttpCode(200)
  @Access('contacts:read')
  @ApiValidated()
  count(@Body() { body }: CountSegmentsDto): CountedSegmentsDto {
    return { ...countSegments(body), limit: SMS_LIMIT, tooLong: smsLength(body) > SMS_LIMIT };
  }
}
