import autocannon from 'autocannon';
import type { SignedForm } from './forms.ts';
import type { LoadPlan, LoadResult } from './plan.ts';
import { Tally } from './tally.ts';

/** As fast as it goes: each connection sends its next form when it has the answer to the one before. */
export async function runClosedLoop(plan: LoadPlan, forms: Iterator<SignedForm, undefined>): Promise<LoadResult> {
  const shares = Array.from({ length: plan.connections }, (): SignedForm[] => []);
  for (let n = 0; n < plan.count; n++) shares[n % plan.connections]!.push(forms.next().value!);
  const sharesOf = shares.values();
  const sidOf = new Map<autocannon.Client, Iterator<SignedForm>>();
  const done = Promise.withResolvers<autocannon.Result>();
  const options: autocannon.Options = {
    url: plan.url,
    method: 'POST',
    connections: plan.connections,
    amount: plan.count,
    timeout: 30,
    // It looks whether it is done that often; the time is taken from the answers themselves.
    sampleInt: 100,
    setupClient: (client) => {
      const share = sharesOf.next().value!;
      client.setRequests(share);
      sidOf.set(client, share.values());
    },
  };
  const running = autocannon(options, (error: Error | null, result) =>
    error === null ? done.resolve(result) : done.reject(error),
  );
  let tally = new Tally(plan);
  running.once('start', () => (tally = new Tally(plan)));
  running.on('response', (client, status, _bytes, ms) => {
    const { value } = sidOf.get(client)!.next() as { value: SignedForm };
    tally.note(status, value.messageSid, ms * 1_000);
  });
  const { errors, timeouts } = await done.promise;
  tally.noteFailure(errors + timeouts);
  return tally.result(plan.count);
}
