import type { EntityManager } from 'typeorm';

/** @returns false when SMS Inbound was disabled already: who did it first, and when, stays */
export async function disableSmsInbound(manager: EntityManager, accountId: string, by: string): Promise<boolean> {
  const [, count] = await manager.query(
    `UPDATE accounts SET sms_inbound_disabled_at = now(), sms_inbound_disabled_by = $2
     WHERE id = $1 AND sms_inbound_disabled_at IS NULL`,
    [accountId, by],
  );
  return count === 1;
}

/** @returns false when SMS Inbound was not disabled */
export async function enableSmsInbound(manager: EntityManager, accountId: string): Promise<boolean> {
  const [, count] = await manager.query(
    `UPDATE accounts SET sms_inbound_disabled_at = NULL, sms_inbound_disabled_by = NULL
     WHERE id = $1 AND sms_inbound_disabled_at IS NOT NULL`,
    [accountId],
  );
  return count === 1;
}

/** Notes that the account's webhooks are being checked at Twilio now. */
export async function noteWebhookCheck(manager: EntityManager, accountId: string): Promise<void> {
  await manager.query('UPDATE accounts SET webhooks_checked_at = now() WHERE id = $1', [accountId]);
}
