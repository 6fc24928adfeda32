import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { AuditLogService } from '../access/audit-log.service.js';
import type { Caller } from '../access/caller.js';
import { conflict, unprocessable } from '../common/problem.js';
import { Environment } from '../config/environment.js';
import type { SmsWebhook, TwilioNumber } from '../twilio-integration/twilio-number.js';
import { TwilioNumbersService } from '../twilio-integration/twilio-numbers.service.js';
import type { EntryPointWebhookDto, WebhookChangeDto, WebhookStepDto } from './entry-point-webhook.dto.js';
import { EntryPoint } from './entry-point.entity.js';
import { EntryPointPresenter } from './entry-point.presenter.js';
import { EntryPointsService } from './entry-points.service.js';
import { explain } from './webhook-problems.js';
import { WebhookChecksService } from './webhook-checks.service.js';
import { judgeWebhook, withoutFragment, type WebhookAtTwilio } from './webhook-state.js';
import { CONNECTION_OVERRIDES, findReasonUnreachable, UNREACHABLE, webhookPath } from './webhook-url.js';

/** The webhook of an entry point at Twilio: look, set, restore. */
@Injectable()
export class EntryPointWebhooksService {
  constructor(
    @InjectRepository(EntryPoint) private readonly entryPointRows: Repository<EntryPoint>,
    private readonly entryPoints: EntryPointsService,
    private readonly numbers: TwilioNumbersService,
    private readonly checks: WebhookChecksService,
    private readonly presenter: EntryPointPresenter,
    private readonly environment: Environment,
    private readonly auditLog: AuditLogService,
  ) {}

  /** Asks Twilio how it stands, and notes it. */
  async check(accountId: string, id: string): Promise<EntryPointWebhookDto> {
    return this.report(await this.entryPoints.getEntryPoint(accountId, id));
  }

  /** Overwrites what Twilio has; what stood there is kept for `restore`. */
  async set(caller: Caller, id: string): Promise<WebhookChangeDto> {
    const { accountId } = caller;
    const entryPoint = await this.entryPoints.getEntryPoint(accountId, id);
    this.refuseUnreachable();
    const before = await this.getNumber(entryPoint);
    const steps: WebhookStepDto[] = [
      { step: 'read', detail: `At Twilio stood ${describe(before)}.`, webhook: pickWebhook(before) },
    ];
    const url = this.presenter.webhookUrlOf(entryPoint);
    if (before.smsUrl === null || withoutFragment(before.smsUrl) !== url || before.smsApplicationSid !== null) {
      await this.entryPointRows.update({ accountId, id }, { previousWebhook: pickWebhook(before) });
      steps.push({
        step: 'keep_previous',
        detail: 'Kept it, so that it can be restored.',
        webhook: pickWebhook(before),
      });
    }
    // Before Twilio has it: a text that comes at once must find its URL known.
    const webhookSetAt = entryPoint.webhookSetAt ?? new Date();
    await this.entryPointRows.update({ accountId, id }, { webhookUrlSet: url, webhookSetAt });
    const proposed = this.propose(entryPoint);
    await this.numbers.setWebhook(accountId, entryPoint.phoneNumberSid, proposed);
    steps.push({ step: 'write', detail: describeWrite(url, before), webhook: proposed });
    await this.auditLog.record(this.entryPointRows.manager, caller, {
      action: 'entry_point.webhook_set',
      subject: entryPoint,
      before: pickWebhook(before),
      after: proposed,
    });
    return this.readBack(accountId, id, steps);
  }

  /** Puts back what stood at Twilio before the webhook was set. */
  async restore(caller: Caller, id: string): Promise<WebhookChangeDto> {
    const { accountId } = caller;
    const entryPoint = await this.entryPoints.getEntryPoint(accountId, id);
    const { previousWebhook } = entryPoint;
    if (previousWebhook === null) {
      throw conflict('nothing_to_restore', 'Nothing is kept to restore: the webhook was not set from here.');
    }
    const before = await this.getNumber(entryPoint);
    refuseForeign(before, this.presenter.webhookUrlOf(entryPoint));
    const steps: WebhookStepDto[] = [
      { step: 'read', detail: `At Twilio stood ${describe(before)}.`, webhook: pickWebhook(before) },
    ];
    await this.numbers.setWebhook(accountId, entryPoint.phoneNumberSid, previousWebhook);
    steps.push({ step: 'write', detail: `Put back ${describe(previousWebhook)}.`, webhook: previousWebhook });
    await this.entryPointRows.manager.transaction(async (manager) => {
      await manager.update(EntryPoint, { accountId, id }, { previousWebhook: null, webhookSetAt: null });
      await this.auditLog.record(manager, caller, {
        action: 'entry_point.webhook_restored',
        subject: entryPoint,
        before: pickWebhook(before),
        after: previousWebhook,
      });
    });
    return this.readBack(accountId, id, steps);
  }

  /**
   * Whether Twilio still posts the SMS of a deleted entry point's number to its webhook. Once it does not, they are
   * somebody else's, and nobody asks again.
   */
  async outlivesDeletion(accountId: string, id: string): Promise<boolean> {
    const where = { accountId, id };
    const { phoneNumberSid, webhookKey } = await this.entryPointRows.findOneOrFail({ where, withDeleted: true });
    const { smsUrl, smsApplicationSid } = (await this.numbers.find(accountId, phoneNumberSid)) ?? NOTHING_SET;
    const isOurs = smsApplicationSid === null && withoutFragment(smsUrl ?? '').endsWith(webhookPath(webhookKey));
    if (!isOurs) await this.entryPointRows.update(where, { webhookSetAt: null });
    return isOurs;
  }

  private async readBack(accountId: string, id: string, steps: WebhookStepDto[]): Promise<WebhookChangeDto> {
    const report = await this.report(await this.entryPoints.getEntryPoint(accountId, id));
    const now = report.current === null ? 'no such number' : describe(report.current);
    const readBack: WebhookStepDto = { step: 'read_back', detail: `Twilio has now ${now}.`, webhook: report.current };
    return { ...report, steps: [...steps, readBack] };
  }

  private async report(entryPoint: EntryPoint): Promise<EntryPointWebhookDto> {
    const { accountId, id, phoneNumberSid } = entryPoint;
    const number = await this.numbers.find(accountId, phoneNumberSid);
    const overridingService = number && (await this.numbers.findOverridingService(accountId, phoneNumberSid));
    const atTwilio: WebhookAtTwilio = { number, overridingService };
    const state = judgeWebhook(atTwilio, this.presenter.webhookUrlOf(entryPoint));
    const checkedAt = new Date();
    await this.checks.note(
      accountId,
      [{ id, phoneNumberSid, state, mms: number?.capabilities.mms ?? null }],
      checkedAt,
    );
    return {
      state,
      checkedAt,
      current: number && pickWebhook(number),
      proposed: this.propose(entryPoint),
      overridingService,
      previous: entryPoint.previousWebhook,
      problem: explain(state, atTwilio),
    };
  }

  private propose(entryPoint: EntryPoint): SmsWebhook {
    const smsUrl = this.presenter.webhookUrlOf(entryPoint) + CONNECTION_OVERRIDES;
    return { smsUrl, smsMethod: 'POST', smsApplicationSid: null };
  }

  private async getNumber({ accountId, phoneNumberSid, phoneNumber }: EntryPoint): Promise<TwilioNumber> {
    const number = await this.numbers.find(accountId, phoneNumberSid);
    if (number !== null) return number;
    throw conflict(
      'number_missing',
      '{{phoneNumber}} is not in the connected Twilio account (any more). Give the entry point another number.',
      { phoneNumber },
    );
  }

  private refuseUnreachable(): void {
    const { publicUrl, TWILIO_API_BASE_URL } = this.environment;
    const reason = findReasonUnreachable(publicUrl, TWILIO_API_BASE_URL);
    if (reason === null) return;
    throw unprocessable(
      'public_url_unreachable',
      `PUBLIC_URL {{publicUrl}} ${UNREACHABLE[reason]}. Set PUBLIC_URL to the https address of this service, or of a tunnel to it, and restart.`,
      undefined,
      { publicUrl },
    );
  }
}

const NOTHING_SET: SmsWebhook = { smsUrl: null, smsMethod: null, smsApplicationSid: null };

/** A restore takes away what was set from here, and nothing that somebody has set since. */
function refuseForeign({ smsUrl, smsApplicationSid }: SmsWebhook, webhookUrl: string): void {
  const isOurs = smsUrl !== null && withoutFragment(smsUrl) === webhookUrl && smsApplicationSid === null;
  if (isOurs) return;
  const now = describe({ smsUrl, smsMethod: null, smsApplicationSid });
  throw conflict('webhook_changed_since', 'Twilio has {{now}} now, set by somebody else since. Nothing was restored.', {
    now,
  });
}

const pickWebhook = ({ smsUrl, smsMethod, smsApplicationSid }: SmsWebhook): SmsWebhook => ({
  smsUrl,
  smsMethod,
  smsApplicationSid,
});

function describe({ smsUrl, smsMethod, smsApplicationSid }: SmsWebhook): string {
  const url = smsUrl === null ? 'no URL' : `${smsUrl} (${smsMethod ?? 'POST'})`;
  return smsApplicationSid === null ? url : `${url} and the TwiML application ${smsApplicationSid}`;
}

function describeWrite(url: string, { smsApplicationSid }: SmsWebhook): string {
  const set = `Set ${url} with POST and three retries.`;
  if (smsApplicationSid === null) return set;
  return `${set} Cleared the TwiML application ${smsApplicationSid}, which Twilio would have preferred to the URL.`;
}
