import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessGuard } from './access.guard.js';
import { Account } from './account.entity.js';
import { AgentsController } from './agents.controller.js';
import { ApiKey } from './api-key.entity.js';
import { ApiKeysController } from './api-keys.controller.js';
import { ApiKeysService } from './api-keys.service.js';
import { GuessLimitService } from './guess-limit.service.js';
import { SessionController } from './session.controller.js';
import { SessionsService } from './sessions.service.js';
import { SignInService } from './sign-in.service.js';
import { User } from './user.entity.js';
import { UsersController } from './users.controller.js';
import { UsersService } from './users.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Account, ApiKey, User])],
  controllers: [AgentsController, ApiKeysController, SessionController, UsersController],
  providers: [
    ApiKeysService,
    GuessLimitService,
    SessionsService,
    SignInService,
    UsersService,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
})
export class AccessModule {}
