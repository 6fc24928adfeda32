import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, In, Repository } from 'typeorm';
import { AuditLogService } from '../access/audit-log.service.js';
import type { Caller } from '../access/caller.js';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { CampaignsService } from '../campaigns/campaigns.service.js';
import { decodeCursor, type Page, toPage, UUID_POSITION } from '../common/cursor-page.js';
import { violatesUnique } from '../common/database-errors.js';
import { newId } from '../common/ids.js';
import { conflict, notFound, type Problem, refuseField, unprocessable } from '../common/problem.js';
import { refuseChangedMeanwhile } from '../common/version-tag.js';
import type { TwilioNumber } from '../twilio-integration/twilio-number.js';
import { TwilioNumbersService } from '../twilio-integration/twilio-numbers.service.js';
import type { CreateEntryPointDto, EntryPointDto, EntryPointQuery, UpdateEntryPointDto } from './entry-point.dto.js';
import { EntryPoint } from './entry-point.entity.js';
import { EntryPointPresenter } from './entry-point.presenter.js';
import { settingsOf } from './entry-point-settings.js';
import { withoutFragment } from './webhook-state.js';
import { makeWebhookKey } from './webhook-url.js';

/** An entry point as it is to be saved, and its settings before; null when it is new. */
interface Prepared {
  before: Partial<EntryPoint> | null;
  entryPoint: EntryPoint;
}

@Injectable()
export class EntryPointsService {
  constructor(
    @InjectRepository(EntryPoint) private readonly entryPoints: Repository<EntryPoint>,
    private readonly campaigns: CampaignsService,
    private readonly numbers: TwilioNumbersService,
    private readonly presenter: EntryPointPresenter,
    private readonly auditLog: AuditLogService,
  ) {}

  async list(accountId: string, query: EntryPointQuery): Promise<Page<EntryPointDto>> {
    const { limit, cursor, campaignId, state, q } = query;
    const rows = this.entryPoints.createQueryBuilder('e').where('e.accountId = :accountId', { accountId });
    if (campaignId !== undefined) rows.andWhere('e.campaignId = :campaignId', { campaignId });
    if (state !== undefined) rows.andWhere('e.state = :state', { state });
    if (q !== undefined)
      rows.andWhere('(strpos(lower(e.name), lower(:q)) > 0 OR strpos(e.phoneNumber, :q) > 0)', { q });
    if (cursor !== undefined) rows.andWhere('e.id < :before', { before: decodeCursor(cursor, UUID_POSITION) });
    const page = await rows
      .orderBy('e.id', 'DESC')
      .limit(limit + 1)
      .getMany();
    const present = await this.presenter.withCampaignsOf(accountId, page);
    return toPage(page, limit, ({ id }) => id, present);
  }

  async get(accountId: string, id: string): Promise<EntryPointDto> {
    return this.presenter.present(await this.getEntryPoint(accountId, id));
  }

  async create(caller: Caller, body: CreateEntryPointDto): Promise<EntryPointDto> {
    const { accountId } = caller;
    const { campaignId, name, language, state = 'active', phoneNumberSid } = body;
    const { greeting = null, autoCloseHours = 24, reopenMinutes = 0 } = body;
    await this.refuseUnknownCampaign(accountId, campaignId);
    const { phoneNumber, capabilities } = await this.getUsableNumber(accountId, phoneNumberSid);
    const entryPoint = this.entryPoints.create({
      id: newId(),
      accountId,
      campaignId,
      name,
      language,
      state,
      phoneNumberSid,
      phoneNumber,
      mms: capabilities.mms,
      webhookKey: makeWebhookKey(),
      greeting,
      autoCloseHours,
      reopenMinutes,
    });
    return this.save(caller, entryPoint, async (manager) => {
      refuseForeignLanguage(await this.campaigns.getCampaign(accountId, campaignId, manager), language);
      return { before: null, entryPoint };
    });
  }

  /** @param ifMatch entity tags of which the current one must be one; undefined for whatever there is */
  async update(caller: Caller, id: string, changes: UpdateEntryPointDto, ifMatch?: string): Promise<EntryPointDto> {
    const { accountId } = caller;
    const { phoneNumberSid } = changes;
    const current = await this.getEntryPoint(accountId, id);
    const newNumber =
      phoneNumberSid === undefined || phoneNumberSid === current.phoneNumberSid
        ? null
        : await this.getUsableNumber(accountId, phoneNumberSid);
    const wanted = { ...current, ...changes, ...(newNumber && { phoneNumber: newNumber.phoneNumber }) };
    const prepare = async (manager: EntityManager): Promise<Prepared> => {
      const campaign = await this.campaigns.getCampaign(accountId, current.campaignId, manager);
      const entryPoint = await this.getEntryPoint(accountId, id, manager);
      refuseChangedMeanwhile(ifMatch, entryPoint);
      const before = settingsOf(entryPoint);
      Object.assign(entryPoint, changes, { version: entryPoint.version + 1 });
      refuseForeignLanguage(campaign, entryPoint.language);
      if (newNumber !== null) moveToNumber(entryPoint, newNumber);
      return { before, entryPoint };
    };
    return this.save(caller, wanted, prepare, () => (newNumber === null ? undefined : this.releaseNumber(current)));
  }

  /** Its contacts stay. SMS that Twilio still posts to its webhook are kept in the journal as `unrouted`. */
  async delete(caller: Caller, id: string, ifMatch?: string): Promise<void> {
    await this.entryPoints.manager.transaction(async (manager) => {
      const { accountId } = caller;
      const entryPoint = await this.getEntryPoint(accountId, id, manager);
      refuseChangedMeanwhile(ifMatch, entryPoint);
      await manager.softDelete(EntryPoint, { accountId, id });
      const before = settingsOf(entryPoint);
      await this.auditLog.record(manager, caller, { action: 'entry_point.deleted', subject: entryPoint, before });
    });
  }

  /** @throws Problem 404 when the account has no such entry point; locks it when inside a transaction */
  async getEntryPoint(accountId: string, id: string, manager?: EntityManager): Promise<EntryPoint> {
    const entryPoint = await (manager ?? this.entryPoints.manager).findOne(EntryPoint, {
      where: { accountId, id },
      ...(manager && { lock: { mode: 'pessimistic_write' } }),
    });
    if (entryPoint === null) throw notFound('entry point');
    return entryPoint;
  }

  /** Which entry point uses which of these numbers, by the number's SID. */
  async findByNumbers(accountId: string, phoneNumberSids: string[]): Promise<Map<string, EntryPoint>> {
    const rows = await this.entryPoints.findBy({ accountId, phoneNumberSid: In(phoneNumberSids) });
    return new Map(rows.map((row) => [row.phoneNumberSid, row]));
  }

  /** Every webhook key, also of deleted entry points: what was set at Twilio may still deliver genuine SMS. */
  findWebhookKeys(): Promise<Pick<EntryPoint, 'accountId' | 'webhookKey' | 'webhookUrlSet'>[]> {
    return this.entryPoints.find({
      select: { id: true, accountId: true, webhookKey: true, webhookUrlSet: true },
      withDeleted: true,
    });
  }

  /** The number an entry point leaves gets back what stood at Twilio before, or its SMS would go on coming here. */
  private async releaseNumber(entryPoint: EntryPoint): Promise<void> {
    const { accountId, phoneNumberSid, previousWebhook } = entryPoint;
    if (previousWebhook === null) return;
    const now = (await this.numbers.find(accountId, phoneNumberSid))?.smsUrl ?? '';
    const isOurs = withoutFragment(now) === this.presenter.webhookUrlOf(entryPoint);
    if (isOurs) await this.numbers.setWebhook(accountId, phoneNumberSid, previousWebhook);
  }

  private async getUsableNumber(accountId: string, phoneNumberSid: string): Promise<TwilioNumber> {
    const number = await this.numbers.find(accountId, phoneNumberSid);
    if (number === null) {
      const message = 'is not a number of the connected Twilio account';
      throw unprocessable('number_unusable', `phoneNumberSid ${message}.`, [
        { field: 'phoneNumberSid', message, code: 'number_unknown' },
      ]);
    }
    const { phoneNumber, capabilities } = number;
    if (!capabilities.sms) {
      const message = 'names {{phoneNumber}}, which cannot receive SMS';
      throw refuseField('number_unusable', 'phoneNumberSid', message, { phoneNumber });
    }
    return number;
  }

  private async refuseUnknownCampaign(accountId: string, campaignId: string): Promise<void> {
    if (await this.campaigns.exists(accountId, campaignId)) return;
    throw refuseField('campaign_unknown', 'campaignId', 'is not a campaign of this account');
  }

  /** @param wanted what it will be, to tell which other one is in its way */
  private async save(
    caller: Caller,
    wanted: Pick<EntryPoint, 'accountId' | 'name' | 'phoneNumber'>,
    prepare: (manager: EntityManager) => Promise<Prepared>,
    beforeCommit?: () => Promise<void> | undefined,
  ): Promise<EntryPointDto> {
    try {
      const saved = await this.entryPoints.manager.transaction(async (manager) => {
        const prepared = await prepare(manager);
        const entryPoint = await manager.save(EntryPoint, prepared.entryPoint);
        await this.auditLog.record(manager, caller, {
          action: prepared.before === null ? 'entry_point.created' : 'entry_point.updated',
          subject: entryPoint,
          before: prepared.before,
          after: settingsOf(entryPoint),
        });
        await beforeCommit?.();
        return entryPoint;
      });
      return await this.presenter.present(saved);
    } catch (error) {
      if (violatesUnique(error, 'entry_points_name')) throw nameTaken(wanted.name);
      if (violatesUnique(error, 'entry_points_phone_number')) throw await this.numberTaken(wanted);
      throw error;
    }
  }

  private async numberTaken({
    accountId,
    phoneNumber,
  }: Pick<EntryPoint, 'accountId' | 'phoneNumber'>): Promise<Problem> {
    const { id, name } = await this.entryPoints.findOneByOrFail({ accountId, phoneNumber });
    return conflict(
      'number_in_use',
      '{{phoneNumber}} is used by the entry point "{{name}}". Choose another number.',
      { phoneNumber, name },
      { entryPoint: { id, name } },
    );
  }
}

function moveToNumber(entryPoint: EntryPoint, { sid, phoneNumber, capabilities }: TwilioNumber): void {
  Object.assign(entryPoint, {
    phoneNumberSid: sid,
    phoneNumber,
    mms: capabilities.mms,
    webhookState: 'unknown',
    webhookCheckedAt: null,
    webhookSetAt: null,
    previousWebhook: null,
  });
}

function refuseForeignLanguage({ name, languages }: Campaign, language: string): void {
  if (languages.includes(language)) return;
  throw refuseField(
    'language_not_in_campaign',
    'language',
    'must be one of the languages of the campaign "{{campaign}}": {{languages}}',
    { campaign: name, languages: languages.join(', ') },
  );
}

const nameTaken = (name: string): Problem =>
  conflict(
    'entry_point_name_taken',
    'The campaign has an entry point called "{{name}}" already. Choose another name.',
    {
      name,
    },
  );
