import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { ServerResponse } from 'node:http';
import { Access } from '../access/access.decorator.js';
import type { Admission } from '../access/admissions.service.js';
import { type Caller, CurrentCaller, idOf, OwnAdmission } from '../access/caller.js';
import { ApiProblem, ApiValidated } from '../common/api-problems.decorator.js';
import { EventStreamQuery } from './contact-event.dto.js';
import { EventStreamService } from './event-stream.service.js';

@ApiTags('Contact events')
@Controller('events/stream')
export class EventStreamController {
  constructor(private readonly streams: EventStreamService) {}

  /**
   * The log live, as server-sent events: small hints, each `{ id, type, contactId, version }` with its `sequence` as id.
   * A comment comes every 15 s. Connect again with `Last-Event-ID`, as browsers do, and nothing is missed; a reader
   * slower than the stream is cut off and catches up so. When events after that place are older than the service keeps
   * them, `events.pruned` with `{ resumeAfter }` comes instead: read the contacts again. `entry-points.changed`,
   * without an id, says that entry points, campaigns or the switch over all of them must be read again. The stream ends
   * within seconds once its session has ended or its API key is revoked. An API key or user may have 20 open at each
   * process.
   */
  @Get()
  @Access('events:read')
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The last `sequence` you have; wins over `after`.',
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: 'The stream; it stays open.', schema: { type: 'string' } })
  @ApiValidated()
  @ApiProblem(
    429,
    'Too many requests of this API key or user; `Retry-After` says in how many seconds to try again. Or it has too many streams open (`too_many_streams`): close one.',
  )
  async open(
    @CurrentCaller() caller: Caller,
    @OwnAdmission() admission: Admission,
    @Query() { after }: EventStreamQuery,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.streams.open(
      { accountId: caller.accountId, callerId: idOf(caller), ...admission },
      lastEventId || after,
      () => takeOver(reply),
    );
  }
}

/** With the headers that every answer has. */
function takeOver(reply: FastifyReply): ServerResponse {
  const { raw } = reply.hijack();
  raw.setHeaders(new Map(Object.entries(reply.getHeaders() as Record<string, string>)));
  return raw;
}
