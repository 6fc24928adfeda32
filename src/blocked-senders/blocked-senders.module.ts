import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '../access/access.module.js';
import { BlockedSender } from './blocked-sender.entity.js';
import { BlockedSendersController } from './blocked-senders.controller.js';
import { BlockedSendersService } from './blocked-senders.service.js';

@Module({
  imports: [AccessModule, TypeOrmModule.forFeature([BlockedSender])],
  controllers: [BlockedSendersController],
  providers: [BlockedSendersService],
})
export class BlockedSendersModule {}
