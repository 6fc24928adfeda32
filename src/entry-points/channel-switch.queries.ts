import type { EntityManager } from 'typeorm';

export interface SmsInboundRow {
  disabledAt: Date | null;
  disabledById: string | null;
  disabledByName: string | null;
  entryPoints: number;
}

export async function readChannel(manager: EntityManager, accountId: string): Promise<SmsInboundRow> {
  const [row] = await manager.query(
    `SELECT account.sms_inbound_disabled_at AS "disabledAt", account.sms_inbound_disabled_by AS "disabledById",
       coalesce(person.email, key.name) AS "disabledByName",
       (SELECT count(*)::int FROM entry_points AS point JOIN campaigns AS campaign ON campaign.id = point.campaign_id
        WHERE account.sms_inbound_disabled_at IS NOT NULL AND point.account_id = account.id
          AND point.deleted_at IS NULL AND point.state = 'active' AND campaign.sms_inbound_enabled) AS "entryPoints"
     FROM accounts AS account
       LEFT JOIN users AS person ON person.id = account.sms_inbound_disabled_by AND person.account_id = account.id
       LEFT JOIN api_keys AS key ON key.id = account.sms_inbound_disabled_by AND key.account_id = account.id
     WHERE account.id = $1`,
    [accountId],
  );
  return row;
}

/** Whether entry points may make contacts. */
export async function isSmsInboundEnabled(manager: EntityManager, accountId: string): Promise<boolean> {
  const [{ enabled }] = await manager.query(
    'SELECT sms_inbound_disabled_at IS NULL AS enabled FROM accounts WHERE id = $1',
    [accountId],
  );
  return enabled;
}
