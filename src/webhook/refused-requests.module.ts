import { Module } from '@nestjs/common';
import { RefusedRequestsService } from './refused-requests.service.js';
import { SignaturesCheck } from './signatures.check.js';

/** A module of its own, because the health report tells of it in every process, also where no webhook is served. */
@Module({ providers: [RefusedRequestsService, SignaturesCheck], exports: [RefusedRequestsService] })
export class RefusedRequestsModule {}
