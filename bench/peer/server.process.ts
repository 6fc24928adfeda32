// Peer 1, the web process, as in Twilio's and BullMQ's own tutorials: Express, twilio.webhook(), one queue.add per request.
import { Queue } from 'bullmq';
import express from 'express';
import { Redis } from 'ioredis';
import type { AddressInfo } from 'node:net';
import twilio from 'twilio';
import { SMS_QUEUE, type SmsJob } from './queues.ts';

process.once('disconnect', () => process.exit());
const { REDIS_URL = '', TWILIO_AUTH_TOKEN = '' } = process.env;
const queue = new Queue<SmsJob>(SMS_QUEUE, { connection: new Redis(REDIS_URL, { maxRetriesPerRequest: null }) });

const app = express();
app.use(express.urlencoded({ extended: false }));
app.post('/sms', twilio.webhook(TWILIO_AUTH_TOKEN), async (request, response) => {
  const sms = request.body as SmsJob;
  await queue.add('inbound', sms, { jobId: sms.MessageSid, attempts: 5, removeOnComplete: true });
  response.type('text/xml').send(new twilio.twiml.MessagingResponse().toString());
});
const server = app.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as AddressInfo).port }));
