import { Module } from '@nestjs/common';
import { RefusedRequestsService } from './refused-requests.service.js';

/** A module of its own, because the health report reads it in every process, also where no webhook is served. */
@Module({ providers: [RefusedRequestsService], exports: [RefusedRequestsService] })
export class RefusedRequestsModule {}
