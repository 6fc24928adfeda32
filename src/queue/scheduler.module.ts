import { Module } from '@nestjs/common';
import { SweepTimerService } from './sweep-timer.service.js';

/** Runs the sweeps that the other modules registered. */
@Module({ providers: [SweepTimerService] })
export class SchedulerModule {}
