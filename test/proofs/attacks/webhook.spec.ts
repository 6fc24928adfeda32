import { describeWebhookAttacks } from '../../attacks/webhook.suite.ts';

describeWebhookAttacks(Number(process.env['ATTACKS'] ?? 100_000));
