import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import type { ReconciliationDto, ReconciliationPageDto } from '../../src/reconciliation/reconciliation.dto.js';
import type { InboundSmsDto, InboundSmsPageDto } from '../../src/inbound-sms/inbound-sms.dto.js';
import { requestWalksAfterOutage } from '../../src/reconciliation/reconciliation.queries.js';
import type { TestApp } from './app.ts';
import { eventually } from './eventually.ts';
import { expectStatus } from './factories.ts';
import { type SimulatedSms, sendSms } from './phone.ts';

/** Sends an SMS that Twilio receives but never delivers. */
export async function loseSms(
  app: { simulator: Pick<TestApp['simulator'], 'url'> },
  sms: SimulatedSms,
): Promise<string> {
  return (await sendSms(app, { ...sms, trouble: { lost: true } })).messageSid;
}

export async function readReconciliations({ api }: Pick<TestApp, 'api'>): Promise<ReconciliationDto[]> {
  return expectStatus(await api.get<ReconciliationPageDto>('reconciliation'), 200).data;
}

/** Waits until the number of an entry point has a reconciliation. */
export function reconciliationOf(
  app: Pick<TestApp, 'api'>,
  { phoneNumber }: Pick<EntryPointDto, 'phoneNumber'>,
): Promise<ReconciliationDto> {
  return eventually(`the reconciliation of ${phoneNumber}`, async () =>
    (await readReconciliations(app)).find((each) => each.phoneNumber === phoneNumber),
  );
}

/** Reconciles as after an outage that ends now: the whole list is read, and no SMS counts as still on its way. */
export async function reconcile(
  app: Pick<TestApp, 'api' | 'dataSource'>,
  entryPoint: Pick<EntryPointDto, 'phoneNumber'>,
): Promise<ReconciliationDto> {
  const before = await reconciliationOf(app, entryPoint);
  await requestWalksAfterOutage(app.dataSource.manager);
  return walkAfter(app, before);
}

export function walkAfter(app: Pick<TestApp, 'api'>, before: ReconciliationDto): Promise<ReconciliationDto> {
  const look = async (): Promise<ReconciliationDto | false> => {
    const now = await reconciliationOf(app, before);
    return now.lastWalkAt !== before.lastWalkAt && now;
  };
  // Longer than the pause after a refusal.
  return eventually(`a walk of ${before.phoneNumber}`, look, 45_000);
}

export async function readJournal({ api }: Pick<TestApp, 'api'>, query: string): Promise<InboundSmsDto[]> {
  return expectStatus(await api.get<InboundSmsPageDto>(`inbound-sms?${query}`), 200).data;
}

/** An SMS as the journal tells it, once it has its verdict. */
export function untilJudged(app: Pick<TestApp, 'api'>, messageSid: string): Promise<InboundSmsDto> {
  return eventually(`the verdict on ${messageSid}`, async () => {
    const [row] = await readJournal(app, `twilioMessageSid=${messageSid}`);
    return row !== undefined && row.verdict !== null && row;
  });
}
