import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OptOut } from './opt-out.entity.js';
import { OptOutsService } from './opt-outs.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([OptOut])],
  providers: [OptOutsService],
  exports: [OptOutsService],
})
export class OptOutsModule {}
