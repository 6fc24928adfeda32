import { t } from './texts.js';

/** The simulator refuses a request; the message is in English. */
class Refusal extends Error {}

/** Calls the simulator's own API. */
export async function api(method, path, body) {
  const response = await fetch(`/sim/v1/${path}`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer = text ? JSON.parse(text) : {};
  if (!response.ok) throw new Refusal(answer.message ?? String(response.status));
  return answer;
}

/** Builds an element whose text is in text nodes only: an SMS may contain anything, and is never parsed as HTML. */
export function element(name, properties = {}, ...children) {
  const { dataset, ...rest } = properties;
  const made = Object.assign(document.createElement(name), rest);
  Object.assign(made.dataset, dataset);
  made.append(...children.filter((child) => child !== undefined && child !== null && child !== ''));
  return made;
}

export const byId = (id) => document.getElementById(id);

/** Runs an action, and shows its error message at `place`. */
export async function showingProblem(place, run) {
  place.textContent = '';
  place.removeAttribute('lang');
  try {
    return await run();
  } catch (error) {
    if (error instanceof Refusal) place.lang = 'en';
    place.textContent = error instanceof TypeError ? t('connection.noAnswer') : error.message;
  }
}
