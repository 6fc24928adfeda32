import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OptOut } from './opt-out.entity.js';
import { OptOutsController } from './opt-outs.controller.js';
import { OptOutsService } from './opt-outs.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([OptOut])],
  controllers: [OptOutsController],
  providers: [OptOutsService],
})
export class OptOutsModule {}
