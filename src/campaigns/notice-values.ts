import type { NoticeValues } from '../common/notice-template.js';
import { describeOpening } from './opening-text.js';

/** A Wednesday in September, because few days and months have longer names. */
const OPENING = new Date('2026-09-23T09:00:00Z');
const LONG_BEFORE = new Date('2026-09-01T09:00:00Z');
const LONG_NUMBER = '+999999999999999';

/** Sample values of a notice's placeholders, to count its segments before the real values are known. */
export const sampleValues = (
  known: Pick<NoticeValues, 'entryPoint' | 'campaign'> & Partial<Pick<NoticeValues, 'number'>> & { language: string },
): NoticeValues => ({
  entryPoint: known.entryPoint,
  campaign: known.campaign,
  number: known.number ?? LONG_NUMBER,
  customer: LONG_NUMBER,
  opensAt: describeOpening(OPENING, LONG_BEFORE, 'UTC', known.language),
});
