import { noticeFor } from '../campaigns/language-settings.js';
import { isOpen } from '../campaigns/opening-hours.js';
import { describeNextOpening } from '../campaigns/opening-text.js';
import { renderNotice } from '../common/notice-template.js';
import type { NoticeReceiver, NoticeSource } from './notices.queries.js';

export interface Notice {
  origin: 'greeting' | 'out_of_hours_notice';
  body: string;
}

/**
 * Chooses the automatic answer to a customer who just texted, or null: a greeting for the first text of a contact; outside
 * opening hours the out-of-hours notice instead, once per contact.
 * @param at when the text was received here: a delayed text gets the answer that is true now
 */
export function chooseNotice(source: NoticeSource, receiver: NoticeReceiver, at: Date): Notice | null {
  const { openingHours, language, greeting } = source;
  const template = isOpen(openingHours, at)
    ? null
    : noticeFor(source.languageSettings, language, source.defaultLanguage);
  const fillIn = (text: string): string =>
    renderNotice(text, {
      entryPoint: source.entryPoint,
      campaign: source.campaign,
      number: receiver.dnis,
      customer: receiver.ani,
      opensAt: describeNextOpening(openingHours, at, language),
    });
  if (template !== null) {
    return receiver.hasOutOfHoursNotice ? null : { origin: 'out_of_hours_notice', body: fillIn(template) };
  }
  return greeting !== null && receiver.isNew ? { origin: 'greeting', body: fillIn(greeting) } : null;
}
