import { expect, test } from '@jest/globals';
import { fetchInSession } from './fetch-in-session.ts';

const URL = 'https://sms.example.com/api/v1/contacts/1/messages';

interface Given {
  /** What is answered to each request in turn. */
  statuses: number[];
  hasSession?: boolean;
  /** Whether the user signs in again, each time that they are asked. */
  signsIn?: boolean[];
}

function startSession({ statuses, hasSession = true, signsIn = [] }: Given) {
  const sent: string[] = [];
  let asked = 0;
  const fetchNow = fetchInSession({
    send: async (request) => {
      sent.push(await request.text());
      return new Response(null, { status: statuses.shift()! });
    },
    hasSession: () => hasSession,
    signInAgain: async () => signsIn[asked++]!,
  });
  const post = (url = URL) => fetchNow(new Request(url, { method: 'POST', body: 'Hello' }));
  return { post, sent, timesAsked: () => asked };
}

test.each<[name: string, given: Given, status: number, requests: number, asked: number]>([
  ['an answer', { statuses: [201] }, 201, 1, 0],
  ['a refusal is an answer', { statuses: [403] }, 403, 1, 0],
  ['the session has ended, and the user signs in again', { statuses: [401, 201], signsIn: [true] }, 201, 2, 1],
  ['the session has ended, and the user leaves', { statuses: [401], signsIn: [false] }, 401, 1, 1],
  ['it has ended twice', { statuses: [401, 401, 201], signsIn: [true, true] }, 201, 3, 2],
  ['nobody was signed in', { statuses: [401], hasSession: false }, 401, 1, 0],
])('%s', async (_name, given, status, requests, asked) => {
  const { post, sent, timesAsked } = startSession(given);
  expect((await post()).status).toBe(status);
  expect(sent).toEqual(Array.from({ length: requests }, () => 'Hello'));
  expect(timesAsked()).toBe(asked);
});

test.each<[path: string, asked: number]>([
  ['session', 0],
  ['session?everywhere=true', 0],
  ['session/password', 1],
  ['sessions', 1],
])('Whether %s was refused for want of a session', async (path, asked) => {
  const { post, timesAsked } = startSession({ statuses: [401], signsIn: [false] });
  expect((await post(`https://sms.example.com/api/v1/${path}`)).status).toBe(401);
  expect(timesAsked()).toBe(asked);
});
