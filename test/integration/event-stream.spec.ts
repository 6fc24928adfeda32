import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ContactEventPageDto } from '../../src/contact-events/contact-event.dto.js';
import { Api } from '../support/api.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { openEventStream } from '../support/event-stream.ts';
import { eventually } from '../support/eventually.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { sendSms } from '../support/phone.ts';

describe('The event stream', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
    await connectTelephony(app);
    await buildEntryPoint(app);
  });
  afterAll(() => app.stop());

  const readLog = async () => (await app.api.get<ContactEventPageDto>('events?limit=100')).body.data;

  test('gives what happens as small hints, with nothing of the text or the number in them', async () => {
    const stream = await openEventStream(app.api);
    await sendSms(app, { from: '+15005550111', body: 'secret words' });
    const events = await eventually('two events', () => stream.events.length === 2 && stream.events);
    const log = await readLog();
    expect(events.map(({ id, event }) => [id, event])).toEqual(log.map(({ sequence, type }) => [sequence, type]));
    expect(events[0]!.data).toEqual({
      id: log[0]!.id,
      type: 'contact.created',
      contactId: log[0]!.subject,
      version: 1,
    });
    expect(stream.text()).not.toMatch(/secret|15005550111/);
    stream.close();
  });

  test('goes on after Last-Event-ID without a gap or a repeat', async () => {
    const [first] = await readLog();
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => sendSms(app, { from: `+1500555020${n % 10}`, body: `text ${n}` })),
    );
    const stream = await openEventStream(app.api, { 'Last-Event-ID': first!.sequence });
    await eventually('the rest of the log', async () => {
      const log = await readLog();
      return (
        log.filter(({ type }) => type === 'contact.message').length === 21 && stream.events.length === log.length - 1
      );
    });
    const log = await readLog();
    expect(stream.events.map(({ id }) => id)).toEqual(log.slice(1).map(({ sequence }) => sequence));
    stream.close();
  });

  test('begins with what happens from now on when no place is named', async () => {
    const stream = await openEventStream(app.api);
    await sendSms(app, { from: '+15005550333' });
    await eventually('two events', () => stream.events.length === 2);
    const log = await readLog();
    expect(stream.events.map(({ id }) => id)).toEqual(log.slice(-2).map(({ sequence }) => sequence));
    stream.close();
  });

  test.each([
    ['no key', null, '', 401],
    ['a place that is none', undefined, '?after=x', 422],
  ])('refuses %s before it opens', async (_, key, query, status) => {
    const api = new Api(app.url, key === undefined ? app.api.key : key);
    expect((await api.get(`events/stream${query}`)).status).toBe(status);
  });

  test('may be open twenty times for one API key; one more is refused until one ends', async () => {
    const made = await app.api.post<{ key: string }>('api-keys', { name: 'Twenty', scopes: ['events:read'] });
    const one = new Api(app.url, expectStatus(made, 201).key);
    const streams = await Promise.all(Array.from({ length: 20 }, () => openEventStream(one)));
    const refused = await one.get('events/stream');
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({
      errorCode: 'too_many_streams',
      detail: expect.stringContaining('20 event streams open, and may have no more. Close one'),
      params: { most: 20 },
    });
    const ofAnother = await openEventStream(app.api);
    streams[0]!.close();
    streams.push(await eventually('room for one', () => openEventStream(one).catch(() => false as const)), ofAnother);
    expect(streams.slice(1).map(({ isOpen }) => isOpen())).toEqual(streams.slice(1).map(() => true));
    for (const stream of streams) stream.close();
  });
});
