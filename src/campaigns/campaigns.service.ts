import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, In, LessThan, Repository } from 'typeorm';
import { AuditLogService } from '../access/audit-log.service.js';
import type { Caller } from '../access/caller.js';
import { decodeCursor, type Page, type PageQuery, toPage, UUID_POSITION } from '../common/cursor-page.js';
import { violatesForeignKey, violatesUnique } from '../common/database-errors.js';
import { newId } from '../common/ids.js';
import { conflict, notFound, refuseField, unprocessable } from '../common/problem.js';
import { refuseChangedMeanwhile } from '../common/version-tag.js';
import { type CampaignDto, type CreateCampaignDto, presentCampaign, type UpdateCampaignDto } from './campaign.dto.js';
import { Campaign } from './campaign.entity.js';
import type { LanguageSettings } from './language-settings.js';

/** @throws Problem 409 when the campaign cannot lose these languages */
export type LanguageGuard = (manager: EntityManager, campaignId: string, removed: string[]) => Promise<void>;

@Injectable()
export class CampaignsService {
  private readonly languageGuards: LanguageGuard[] = [];

  constructor(
    @InjectRepository(Campaign) private readonly campaigns: Repository<Campaign>,
    private readonly auditLog: AuditLogService,
  ) {}

  /** For modules whose rows use a campaign's languages: the guard is asked before a campaign loses some. */
  guardLanguages(guard: LanguageGuard): void {
    this.languageGuards.push(guard);
  }

  async list(accountId: string, { limit, cursor }: PageQuery): Promise<Page<CampaignDto>> {
    const before = cursor && LessThan(decodeCursor(cursor, UUID_POSITION));
    const rows = await this.campaigns.find({
      where: { accountId, ...(before && { id: before }) },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    return toPage(
      rows,
      limit,
      ({ id }) => id,
      (campaign) => presentCampaign(campaign),
    );
  }

  async get(accountId: string, id: string): Promise<CampaignDto> {
    return presentCampaign(await this.getCampaign(accountId, id));
  }

  async create(caller: Caller, body: CreateCampaignDto): Promise<CampaignDto> {
    const { name, languages, defaultLanguage = languages[0]!, smsInboundEnabled = true } = body;
    const { openingHours = null, languageSettings = [] } = body;
    refuseUnknownDefault(languages, defaultLanguage);
    refuseUnknownSettings(languages, languageSettings);
    const campaign = this.campaigns.create({
      id: newId(),
      accountId: caller.accountId,
      name,
      languages,
      defaultLanguage,
      smsInboundEnabled,
      openingHours,
      languageSettings,
    });
    return this.campaigns.manager.transaction((manager) => this.save(manager, caller, campaign, null));
  }

  /**
   * A language that is in use stays: taking it away answers 409 and names its users.
   * @param ifMatch entity tags of which the current one must be one; undefined for whatever there is
   */
  async update(caller: Caller, id: string, changes: UpdateCampaignDto, ifMatch?: string): Promise<CampaignDto> {
    return this.campaigns.manager.transaction(async (manager) => {
      const campaign = await this.getCampaign(caller.accountId, id, manager);
      const before = presentCampaign(campaign);
      refuseChangedMeanwhile(ifMatch, campaign);
      if (changes.languages) await this.refuseRemovingUsed(manager, campaign, changes.languages);
      Object.assign(campaign, changes, { version: campaign.version + 1 });
      const { languages, defaultLanguage } = campaign;
      refuseUnknownDefault(languages, defaultLanguage);
      if (changes.languageSettings) refuseUnknownSettings(languages, changes.languageSettings);
      // Unless the request has settings, those of removed languages are removed too.
      else campaign.languageSettings = campaign.languageSettings.filter(({ language }) => languages.includes(language));
      return this.save(manager, caller, campaign, before);
    });
  }

  async delete(caller: Caller, id: string, ifMatch?: string): Promise<void> {
    try {
      await this.campaigns.manager.transaction(async (manager) => {
        const campaign = await this.getCampaign(caller.accountId, id, manager);
        refuseChangedMeanwhile(ifMatch, campaign);
        await manager.delete(Campaign, { accountId: caller.accountId, id });
        const before = presentCampaign(campaign);
        await this.auditLog.record(manager, caller, { action: 'campaign.deleted', subject: before, before });
      });
    } catch (error) {
      if (!violatesForeignKey(error)) throw error;
      throw conflict(
        'campaign_in_use',
        'This campaign has, or has had, entry points, whose contacts refer to it. Set smsInboundEnabled to false instead.',
      );
    }
  }

  exists(accountId: string, id: string): Promise<boolean> {
    return this.campaigns.existsBy({ accountId, id });
  }

  /** Returns the account's campaigns with these ids, by id. */
  async findByIds(accountId: string, ids: string[]): Promise<Map<string, Campaign>> {
    const found = await this.campaigns.findBy({ accountId, id: In(ids) });
    return new Map(found.map((campaign) => [campaign.id, campaign]));
  }

  /** Locks the campaign if a transaction's manager is given. @throws Problem 404 when the account has no such campaign */
  async getCampaign(accountId: string, id: string, manager?: EntityManager): Promise<Campaign> {
    const campaign = await (manager ?? this.campaigns.manager).findOne(Campaign, {
      where: { accountId, id },
      ...(manager && { lock: { mode: 'pessimistic_write' } }),
    });
    if (campaign === null) throw notFound('campaign');
    return campaign;
  }

  private async refuseRemovingUsed(manager: EntityManager, { id, languages }: Campaign, kept: string[]): Promise<void> {
    const removed = languages.filter((language) => !kept.includes(language));
    for (const guard of this.languageGuards) await guard(manager, id, removed);
  }

  private async save(
    manager: EntityManager,
    caller: Caller,
    campaign: Campaign,
    before: CampaignDto | null,
  ): Promise<CampaignDto> {
    try {
      const after = presentCampaign(await manager.save(Campaign, campaign));
      const action = before === null ? 'campaign.created' : 'campaign.updated';
      await this.auditLog.record(manager, caller, { action, subject: after, before, after });
      return after;
    } catch (error) {
      if (!violatesUnique(error, 'campaigns_name')) throw error;
      throw conflict('campaign_name_taken', 'A campaign called "{{name}}" already exists. Choose another name.', {
        name: campaign.name,
      });
    }
  }
}

const LANGUAGE_OF_CAMPAIGN = "must be one of the campaign's languages: {{languages}}";

function refuseUnknownDefault(languages: string[], defaultLanguage: string): void {
  if (languages.includes(defaultLanguage)) return;
  throw refuseField('default_language_invalid', 'defaultLanguage', LANGUAGE_OF_CAMPAIGN, {
    languages: languages.join(', '),
  });
}

function refuseUnknownSettings(languages: string[], settings: LanguageSettings[]): void {
  const params = { languages: languages.join(', ') };
  const errors = settings.flatMap(({ language }, i) =>
    languages.includes(language)
      ? []
      : { field: `languageSettings.${i}.language`, message: LANGUAGE_OF_CAMPAIGN, params },
  );
  if (errors.length === 0) return;
  throw unprocessable('language_settings_invalid', `${errors[0]!.field} ${LANGUAGE_OF_CAMPAIGN}.`, errors, params);
}
