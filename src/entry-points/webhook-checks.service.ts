import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Problem } from '../common/problem.js';
import type { TwilioNumber } from '../twilio-integration/twilio-number.js';
import { type OverridingService, TwilioNumbersService } from '../twilio-integration/twilio-numbers.service.js';
import { EntryPoint } from './entry-point.entity.js';
import { EntryPointPresenter } from './entry-point.presenter.js';
import { type FoundWebhook, type NotedWebhook, noteWebhooks } from './webhook-checks.queries.js';
import { judgeWebhook, type WebhookState } from './webhook-state.js';

interface NumbersAtTwilio {
  numbers: Map<string, TwilioNumber>;
  services: Map<string, OverridingService>;
}

/** Compares the webhooks of an account with what Twilio has, all in one go, and says when one is lost. */
@Injectable()
export class WebhookChecksService {
  private readonly logger = new Logger(WebhookChecksService.name);

  constructor(
    @InjectRepository(EntryPoint) private readonly entryPoints: Repository<EntryPoint>,
    private readonly numbers: TwilioNumbersService,
    private readonly presenter: EntryPointPresenter,
  ) {}

  /** What somebody looked at or set meanwhile is newer, and stays. */
  async checkAll(accountId: string): Promise<void> {
    const entryPoints = await this.entryPoints.findBy({ accountId });
    const atTwilio = await this.ask(accountId);
    const stateOf = (entryPoint: EntryPoint): WebhookState =>
      atTwilio instanceof Problem ? 'unknown' : this.judge(entryPoint, atTwilio);
    const mmsOf = ({ phoneNumberSid }: EntryPoint): boolean | null =>
      atTwilio instanceof Problem ? null : (atTwilio.numbers.get(phoneNumberSid)?.capabilities.mms ?? null);
    const noted = await this.note(
      accountId,
      entryPoints.map((entryPoint) => ({
        id: entryPoint.id,
        phoneNumberSid: entryPoint.phoneNumberSid,
        state: stateOf(entryPoint),
        mms: mmsOf(entryPoint),
        lastCheckedAt: entryPoint.webhookCheckedAt,
      })),
      new Date(),
    );
    if (!(atTwilio instanceof Problem) || noted.every(({ was, state }) => was === state)) return;
    const context = { accountId, entryPoints: noted.length, errorCode: atTwilio.errorCode };
    this.logger.warn(context, 'Twilio could not be asked about webhooks; it is asked again soon');
  }

  async note(accountId: string, found: FoundWebhook[], checkedAt: Date): Promise<NotedWebhook[]> {
    const noted = await noteWebhooks(this.entryPoints.manager, accountId, found, checkedAt);
    const lost = noted.filter(
      ({ state, was, isFirst }) => !isFirst && state !== was && state !== 'set' && state !== 'unknown',
    );
    for (const { id, state, was } of lost) {
      this.logger.warn({ accountId, entryPointId: id, state, was }, 'A webhook keeps SMS away');
    }
    return noted;
  }

  private judge(entryPoint: EntryPoint, { numbers, services }: NumbersAtTwilio): WebhookState {
    const number = numbers.get(entryPoint.phoneNumberSid) ?? null;
    const overridingService = services.get(entryPoint.phoneNumberSid) ?? null;
    return judgeWebhook({ number, overridingService }, this.presenter.webhookUrlOf(entryPoint));
  }

  /** @returns why not, when Twilio gives no answer */
  private async ask(accountId: string): Promise<NumbersAtTwilio | Problem> {
    try {
      const numbers = await this.numbers.list(accountId);
      const services = await this.numbers.findOverridingServices(accountId);
      return { numbers: new Map(numbers.map((number) => [number.sid, number])), services };
    } catch (error) {
      if (error instanceof Problem) return error;
      throw error;
    }
  }
}
