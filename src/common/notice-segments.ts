import { type NoticeValues, renderNotice } from './notice-template.js';
import { countSegments, type Segments } from './segments.js';

const MAX_KEPT = 1_000;
const kept = new Map<string, Segments>();

/** What a notice costs when it is filled in; `plainBody` is the template in plain characters, to save in its place. */
export function countNoticeSegments(template: string, values: NoticeValues): Segments {
  return { ...countOnce(renderNotice(template, values)), plainBody: countOnce(template).plainBody };
}

/** Lists show the same notices again and again, and counting a long one takes milliseconds. */
function countOnce(body: string): Segments {
  const known = kept.get(body);
  if (known !== undefined) return known;
  if (kept.size >= MAX_KEPT) kept.clear();
  const counted = countSegments(body);
  kept.set(body, counted);
  return counted;
}
