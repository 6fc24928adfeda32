import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '../access/access.module.js';
import { SecretBox } from '../common/secret-box.js';
import { loadEncryptionKeys } from '../config/encryption-keys.js';
import { Environment } from '../config/environment.js';
import { ReceivedMessagesService } from './received-messages.service.js';
import { TelephonyConnection } from './telephony-connection.entity.js';
import { TelephonyCheck } from './telephony.check.js';
import { TelephonyController } from './telephony.controller.js';
import { TelephonyService } from './telephony.service.js';
import { TwilioClients } from './twilio-client.js';
import { TwilioMediaService } from './twilio-media.service.js';
import { TwilioMessagesService } from './twilio-messages.service.js';
import { TwilioNumbersService } from './twilio-numbers.service.js';

@Module({
  imports: [AccessModule, TypeOrmModule.forFeature([TelephonyConnection])],
  controllers: [TelephonyController],
  providers: [
    {
      provide: SecretBox,
      useFactory: (environment: Environment) => new SecretBox(loadEncryptionKeys(environment)),
      inject: [Environment],
    },
    TwilioClients,
    TelephonyService,
    TelephonyCheck,
    ReceivedMessagesService,
    TwilioMediaService,
    TwilioMessagesService,
    TwilioNumbersService,
  ],
  exports: [ReceivedMessagesService, TelephonyService, TwilioMediaService, TwilioMessagesService, TwilioNumbersService],
})
export class TwilioIntegrationModule {}
