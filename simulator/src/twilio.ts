import { Account } from './account/account.ts';
import { defaultNumbers } from './account/default-numbers.ts';
import { saveOnChange, readState, restore } from './account/state-file.ts';
import { Bursts } from './burst/bursts.ts';
import { Inbound } from './inbound/inbound.ts';
import { MediaStore } from './message/media.ts';
import { Messages } from './message/messages.ts';
import { OptOuts } from './message/opt-outs.ts';
import { Outgoing } from './outgoing/outgoing.ts';
import { Alerts } from './records/alerts.ts';
import { Changes } from './records/changes.ts';
import { Trouble } from './records/trouble.ts';
import { WireLog } from './records/wire-log.ts';
import { newAuthToken, type Settings } from './settings.ts';
import { Phones } from './sim/phones.ts';
import { WebhookCaller } from './webhook/caller.ts';

export type Twilio = ReturnType<typeof buildTwilio>;

/** Wires up all parts of the simulator; `address.url` is set once the server listens. */
export function buildTwilio(settings: Settings) {
  const state = readState(settings.stateFile, settings.accountSid);
  const account = new Account(settings.accountSid, settings.authToken ?? state?.authToken ?? newAuthToken());
  if (state) restore(account, state);
  else account.add(defaultNumbers());
  if (settings.stateFile) saveOnChange(settings.stateFile, account);

  const address = { url: '' };
  const changes = new Changes();
  const alerts = new Alerts();
  const wireLog = new WireLog();
  const trouble = new Trouble();
  const messages = new Messages();
  const media = new MediaStore();
  const optOuts = new OptOuts(account);
  const webhooks = new WebhookCaller(account, alerts, wireLog);
  const outgoing = new Outgoing(account.sid, messages, trouble, webhooks);
  const inbound = new Inbound({ account, messages, media, optOuts, outgoing, alerts, webhooks }, () => address.url);
  const phones = new Phones(messages);
  const bursts = new Bursts(account, inbound);

  const save = account.onChange;
  account.onChange = () => (save(), changes.notify('account'));
  messages.onChange = () => changes.notify('messages');
  wireLog.onChange = () => changes.notify('requests');
  trouble.onChange = () => changes.notify('trouble');
  bursts.onChange = () => changes.notify('bursts');

  const close = () => {
    bursts.close();
    outgoing.close();
    webhooks.close();
    changes.close();
  };
  return {
    account,
    address,
    alerts,
    bursts,
    changes,
    inbound,
    media,
    messages,
    optOuts,
    outgoing,
    phones,
    trouble,
    webhooks,
    wireLog,
    close,
  };
}
