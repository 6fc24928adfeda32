import type { DataSource } from 'typeorm';

/**
 * After a dump was restored into another database cluster, transaction ids start again from a low number: events of before would lie in
 * the future, never be read, and hold back nothing that comes. Their order is kept by their positions, under the
 * first transaction id there is; consumers get again what they may not have had.
 * @returns whether that was the case
 */
export function mendRestoredLog(dataSource: DataSource): Promise<boolean> {
  return dataSource.transaction(async (manager) => {
    // The horizons too: all events of before may have been pruned.
    const [{ isFromTheFuture }] = await manager.query(
      `SELECT bool_or(transaction_id >= pg_snapshot_xmax(pg_current_snapshot())) AS "isFromTheFuture" FROM (
         (SELECT transaction_id FROM contact_events ORDER BY id DESC LIMIT 1)
         UNION ALL SELECT transaction_id FROM event_log_horizons) AS place`,
    );
    if (!isFromTheFuture) return false;
    await manager.query(
      `UPDATE consumers SET cursor_transaction_id = '1', cursor_position = coalesce(
         (SELECT min(event.position) - 1 FROM contact_events AS event WHERE event.account_id = consumers.account_id
            AND (event.transaction_id, event.position) > (cursor_transaction_id, consumers.cursor_position)),
         (SELECT max(event.position) FROM contact_events AS event WHERE event.account_id = consumers.account_id), 0)`,
    );
    await manager.query(
      `UPDATE event_log_horizons AS horizon SET transaction_id = '1', position = coalesce(
         (SELECT min(event.position) - 1 FROM contact_events AS event WHERE event.account_id = horizon.account_id),
         horizon.position)`,
    );
    await manager.query(`UPDATE contact_events SET transaction_id = '1'`);
    return true;
  });
}
