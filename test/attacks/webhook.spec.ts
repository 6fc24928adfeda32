import { describeWebhookAttacks } from './webhook.suite.ts';

describeWebhookAttacks(300);
