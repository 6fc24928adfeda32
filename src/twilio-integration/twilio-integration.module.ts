import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SecretBox } from '../common/secret-box.js';
import { loadEncryptionKeys } from '../config/encryption-keys.js';
import { Environment } from '../config/environment.js';
import { TelephonyConnection } from './telephony-connection.entity.js';
import { TelephonyController } from './telephony.controller.js';
import { TelephonyService } from './telephony.service.js';
import { TwilioClients } from './twilio-client.js';
import { TwilioNumbersService } from './twilio-numbers.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([TelephonyConnection])],
  controllers: [TelephonyController],
  providers: [
    {
      provide: SecretBox,
      useFactory: (environment: Environment) => new SecretBox(loadEncryptionKeys(environment)),
      inject: [Environment],
    },
    TwilioClients,
    TelephonyService,
    TwilioNumbersService,
  ],
  exports: [TelephonyService, TwilioNumbersService],
})
export class TwilioIntegrationModule {}
