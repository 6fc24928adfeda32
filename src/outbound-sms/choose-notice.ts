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
 * What the service says by itself to a customer who just texted; null for nothing. A greeting at the first text of a
 * contact; outside opening hours the notice in its place, once per contact.
 * @param at when the customer texted
 */
export function chooseNotice(source: NoticeSource, receiver: NoticeReceiver, at: Date): Notice | null {
  const { openingHours, language, greeting } = source;
  const template = isOpen(openingHours, at)
    ? null
    : noticeFor(source.languageSettings, language, source.defaultLanguage);
  const values = {
    entryPoint: source.entryPoint,
    campaign: source.campaign,
    number: receiver.dnis,
    customer: receiver.ani,
    opensAt: describeNextOpening(openingHours, at, language),
  };
  if (template !== null) {
    if (receiver.hasOutOfHoursNotice) return null;
    return { origin: 'out_of_hours_notice', body: renderNotice(template, values) };
  }
  if (greeting === null || !receiver.isNew) return null;
  return { origin: 'greeting', body: renderNotice(greeting, values) };
}
