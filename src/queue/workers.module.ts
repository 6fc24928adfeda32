import { Module } from '@nestjs/common';
import { WorkersService } from './workers.service.js';

/** Runs the processors that the other modules declared. */
@Module({ providers: [WorkersService] })
export class WorkersModule {}
