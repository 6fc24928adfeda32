import { type NoticeValues, renderNotice } from './notice-template.js';
import { countSegments, type Segments } from './segments.js';

const MAX_CACHED = 1_000;
const cache = new Map<string, Segments>();

/** The segments of a notice with its placeholders filled in; `plainBody` is the template itself in plain characters. */
export function countNoticeSegments(template: string, values: NoticeValues): Segments {
  return { ...countCached(renderNotice(template, values)), plainBody: countCached(template).plainBody };
}

/** Lists show the same notices again and again, and counting the segments of a long one takes milliseconds. */
function countCached(body: string): Segments {
  const cached = cache.get(body);
  if (cached !== undefined) return cached;
  if (cache.size >= MAX_CACHED) cache.clear();
  const counted = countSegments(body);
  cache.set(body, counted);
  return counted;
}
