/** Calls the simulator's own API; what it refuses becomes an error with its sentence. */
export async function api(method, path, body) {
  const response = await fetch(`/sim/v1/${path}`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer = text ? JSON.parse(text) : {};
  if (!response.ok) throw new Error(answer.message ?? `The simulator answered ${response.status}.`);
  return answer;
}

/** An element with text in text nodes only: an SMS may hold anything, and none of it is ever HTML. */
export function element(name, properties = {}, ...children) {
  const { dataset, ...rest } = properties;
  const made = Object.assign(document.createElement(name), rest);
  Object.assign(made.dataset, dataset);
  made.append(...children.filter((child) => child !== undefined && child !== ''));
  return made;
}

export const byId = (id) => document.getElementById(id);

/** Runs it, and shows its problem in words where the person is looking. */
export async function showingProblem(place, run) {
  place.textContent = '';
  try {
    return await run();
  } catch (error) {
    place.textContent =
      error instanceof TypeError ? 'The simulator does not answer. Is it still running?' : error.message;
  }
}

export const clock = (at) =>
  new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' });
