import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '../access/access.module.js';
import { CampaignsModule } from '../campaigns/campaigns.module.js';
import { TwilioIntegrationModule } from '../twilio-integration/twilio-integration.module.js';
import { EntryPointWebhooksController } from './entry-point-webhooks.controller.js';
import { EntryPointWebhooksService } from './entry-point-webhooks.service.js';
import { EntryPoint } from './entry-point.entity.js';
import { EntryPointPresenter } from './entry-point.presenter.js';
import { EntryPointsController } from './entry-points.controller.js';
import { EntryPointsService } from './entry-points.service.js';
import { PhoneNumbersController } from './phone-numbers.controller.js';
import { PhoneNumbersService } from './phone-numbers.service.js';
import { UsedLanguagesService } from './used-languages.service.js';
import { ChannelSwitchController } from './channel-switch.controller.js';
import { ChannelSwitchService } from './channel-switch.service.js';
import { WebhookChecksService } from './webhook-checks.service.js';
import { WebhookChecksSweep, webhookGaugeProvider } from './webhook-checks.sweep.js';
import { WebhooksCheck } from './webhooks.check.js';

@Module({
  imports: [AccessModule, TypeOrmModule.forFeature([EntryPoint]), CampaignsModule, TwilioIntegrationModule],
  controllers: [PhoneNumbersController, EntryPointsController, EntryPointWebhooksController, ChannelSwitchController],
  providers: [
    EntryPointsService,
    EntryPointPresenter,
    UsedLanguagesService,
    EntryPointWebhooksService,
    PhoneNumbersService,
    ChannelSwitchService,
    WebhookChecksService,
    WebhookChecksSweep,
    WebhooksCheck,
    webhookGaugeProvider,
  ],
  exports: [EntryPointsService, EntryPointWebhooksService],
})
export class EntryPointsModule {}
