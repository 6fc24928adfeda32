import type { EntityManager } from 'typeorm';

/** Up to ten entry points of a campaign that use one of these languages. */
export function findEntryPointsByLanguage(
  manager: EntityManager,
  campaignId: string,
  languages: string[],
): Promise<{ id: string; name: string; language: string }[]> {
  return manager.query(
    `SELECT id, name, language FROM entry_points
     WHERE campaign_id = $1 AND language = ANY ($2) AND deleted_at IS NULL
     ORDER BY id LIMIT 10`,
    [campaignId, languages],
  );
}
