import type { EntityManager } from 'typeorm';
import type { LanguageSettings } from '../campaigns/language-settings.js';
import type { OpeningHours } from '../campaigns/opening-hours.js';

/** The automatic answers of an entry point, and when they apply. */
export interface NoticeSource {
  entryPointId: string;
  entryPoint: string;
  campaign: string;
  language: string;
  defaultLanguage: string;
  greeting: string | null;
  openingHours: OpeningHours | null;
  languageSettings: LanguageSettings[];
}

/** Those of these entry points that have automatic answers. */
export function readNoticeSources(manager: EntityManager, entryPointIds: string[]): Promise<NoticeSource[]> {
  return manager.query(
    `SELECT point.id AS "entryPointId", point.name AS "entryPoint", campaign.name AS campaign, point.language,
       campaign.default_language AS "defaultLanguage", point.greeting, campaign.opening_hours AS "openingHours",
       campaign.language_settings AS "languageSettings"
     FROM entry_points AS point JOIN campaigns AS campaign ON campaign.id = point.campaign_id
     WHERE point.id = ANY ($1) AND (point.greeting IS NOT NULL OR campaign.opening_hours IS NOT NULL)`,
    [entryPointIds],
  );
}

/** A contact that a notice may go to. */
export interface NoticeReceiver {
  id: string;
  accountId: string;
  entryPointId: string;
  ani: string;
  dnis: string;
  /** Whether this transaction created it. */
  isNew: boolean;
  hasOutOfHoursNotice: boolean;
}

/** Those of these contacts that wait for an agent and whose customer can receive SMS. */
export function readNoticeReceivers(manager: EntityManager, contactIds: string[]): Promise<NoticeReceiver[]> {
  return manager.query(
    `SELECT id, account_id AS "accountId", entry_point_id AS "entryPointId", ani, dnis, created_at = now() AS "isNew",
       EXISTS (SELECT FROM outbound_sms WHERE contact_id = contact.id AND origin = 'out_of_hours_notice')
         AS "hasOutOfHoursNotice"
     FROM contacts AS contact
     WHERE id = ANY ($1) AND state = 'waiting' AND ani ~ '^\\+\\d{7,15}$' ORDER BY id`,
    [contactIds],
  );
}
