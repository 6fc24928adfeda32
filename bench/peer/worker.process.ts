// Peer 1, the worker process: a BullMQ worker that writes the same rows as the service in one TypeORM transaction per SMS,
// then adds the events to a queue.
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { DataSource, type EntityManager, Not } from 'typeorm';
import { ContactRow, EntryPointRow, EventRow, JournalRow, MessageRow } from './entities.ts';
import { EVENTS_QUEUE, SMS_QUEUE, type SmsJob } from './queues.ts';

/** BullMQ's default is 1; its guide advises more for jobs that wait for a database. */
const CONCURRENCY = 10;

process.once('disconnect', () => process.exit());
const { DATABASE_URL, REDIS_URL = '' } = process.env;
const dataSource = await new DataSource({
  type: 'postgres',
  url: DATABASE_URL!,
  entities: [EntryPointRow, ContactRow, JournalRow, MessageRow, EventRow],
  poolSize: CONCURRENCY,
}).initialize();
const connect = (): Redis => new Redis(REDIS_URL, { maxRetriesPerRequest: null });
const events = new Queue<EventRow>(EVENTS_QUEUE, { connection: connect() });
const work = async ({ data }: { data: SmsJob }): Promise<void> => {
  const newEvents = await dataSource.transaction((manager) => receive(manager, data));
  for (const event of newEvents) await events.add(event.type, event, { jobId: event.id });
};
const worker = new Worker<SmsJob>(SMS_QUEUE, work, { connection: connect(), concurrency: CONCURRENCY });
worker.on('error', (error) => console.error(error));
await worker.waitUntilReady();
process.send!('ready');

async function receive(manager: EntityManager, sms: SmsJob): Promise<EventRow[]> {
  const { AccountSid: accountSid, MessageSid: twilioMessageSid } = sms;
  const isKnown = await manager.existsBy(JournalRow, { accountSid, twilioMessageSid });
  if (isKnown) return [];
  const entryPoint = await manager.findOneByOrFail(EntryPointRow, { phoneNumber: sms.To });
  const newEvents: EventRow[] = [];
  const contact = await findOrCreateContact(manager, entryPoint, sms, newEvents);
  const { accountId, id: entryPointId } = entryPoint;
  const contactId = contact.id;
  const now = new Date();
  const journalRow: JournalRow = {
    id: randomUUID(),
    accountId,
    accountSid,
    twilioMessageSid,
    entryPointId,
    contactId,
    fromNumber: sms.From,
    toNumber: sms.To,
    body: sms.Body,
    segments: Number(sms.NumSegments),
    raw: Buffer.from(new URLSearchParams(sms).toString()),
    conversationKey: '0',
    processedAt: now,
    verdict: 'accepted',
  };
  await manager.insert(JournalRow, journalRow);
  const message: MessageRow = {
    id: randomUUID(),
    accountId,
    contactId,
    twilioMessageSid,
    direction: 'inbound',
    origin: 'customer',
    body: sms.Body,
    inboundSmsId: journalRow.id,
    segments: journalRow.segments,
    status: 'received',
    at: now,
  };
  await manager.insert(MessageRow, message);
  const version = contact.version + 1;
  const changes = { messageCount: contact.messageCount + 1, version, lastMessageAt: now };
  await manager.update(ContactRow, contactId, changes);
  const references = { accountId, contactId, messageId: message.id };
  newEvents.push({ id: randomUUID(), type: 'contact.message', ...references, version });
  await manager.insert(EventRow, newEvents);
  return newEvents;
}

async function findOrCreateContact(
  manager: EntityManager,
  { id: entryPointId, accountId, campaignId, language }: EntryPointRow,
  { From: ani, To: dnis }: SmsJob,
  newEvents: EventRow[],
): Promise<ContactRow> {
  const open = await manager.findOne(ContactRow, {
    where: { entryPointId, ani, state: Not('closed') },
    lock: { mode: 'pessimistic_write' },
  });
  if (open !== null) return open;
  const contact = {
    id: randomUUID(),
    accountId,
    campaignId,
    entryPointId,
    lang: language,
    ani,
    dnis,
    state: 'waiting',
    messageCount: 0,
    version: 1,
    lastMessageAt: new Date(),
  };
  await manager.insert(ContactRow, contact);
  const { id: contactId, version } = contact;
  newEvents.push({ id: randomUUID(), accountId, type: 'contact.created', contactId, messageId: null, version });
  return contact;
}
