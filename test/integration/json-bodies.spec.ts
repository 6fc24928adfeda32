import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ContactDto } from '../../src/contacts/contact.dto.js';
import { startTestApp, type TestApp } from '../support/app.ts';
import { textAndWait } from '../support/contacts.ts';
import { buildEntryPoint, connectTelephony } from '../support/factories.ts';
import { fieldsOf, problemOf } from '../support/problems.ts';

describe('A JSON body that would break what reads it', () => {
  let app: TestApp;
  let contact: ContactDto;

  beforeAll(async () => {
    app = await startTestApp();
    await connectTelephony(app);
    await buildEntryPoint(app);
    contact = await textAndWait(app, { from: '+15005550101' });
  });
  afterAll(() => app.stop());

  /** As it is: JSON.stringify could not write it. */
  const send = async (method: string, path: string, body: string) => {
    const answer = await fetch(`${app.url}/api/v1/${path}`, {
      method,
      headers: { Authorization: `Bearer ${app.api.key}`, 'Content-Type': 'application/json' },
      body,
    });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as unknown };
  };
  const deep = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

  test.each([
    ['5,000 levels', 5_000],
    ['150,000 levels', 150_000],
  ])('%s are refused, and the service goes on', async (_, levels) => {
    for (const [method, path] of [
      ['POST', 'campaigns'],
      ['PATCH', `contacts/${contact.id}`],
    ] as const) {
      const answer = await send(method, path, `{"data":${deep(levels)}}`);
      expect(problemOf(answer)).toMatchObject({ status: 422, errorCode: 'validation_failed' });
      expect(fieldsOf(answer)).toEqual(['data']);
    }
    expect((await app.api.get<ContactDto>(`contacts/${contact.id}`)).body.data).toEqual({});
  });

  test.each(['constructor', 'prototype'])('a field called %s is refused by name, not dropped', async (name) => {
    const answer = await send(
      'PATCH',
      `contacts/${contact.id}`,
      JSON.stringify({ data: { order: 1, [name]: 'Acme' } }),
    );
    expect(answer.status).toBe(422);
    expect(fieldsOf(answer)).toEqual([`data.${name}`]);
    expect((await app.api.get<ContactDto>(`contacts/${contact.id}`)).body.data).toEqual({});
  });

  test('__proto__ does not get in either', async () => {
    const answer = await send('PATCH', `contacts/${contact.id}`, '{"data":{"__proto__":{"isAdmin":true}}}');
    expect(answer.status).toBe(400);
    expect((await app.api.get<ContactDto>(`contacts/${contact.id}`)).body.data).toEqual({});
  });

  test.each([
    [
      'blocked-senders',
      '{"phoneNumber":"a\\udfffb","reason":"\\ud800"}',
      201,
      { phoneNumber: 'a\ufffdb', reason: '\ufffd' },
    ],
    ['campaigns', '{"name":"\\ud83d","languages":["en"]}', 201, { name: '\ufffd' }],
    ['users', '{"email":"a\\udfffb","role":"agent"}', 422, { errorCode: 'validation_failed' }],
  ])('what is left of a cut emoji breaks nothing: POST %s %s', async (path, body, status, expected) => {
    expect(await send('POST', path, body)).toMatchObject({ status, body: expected });
  });
});
