import autocannon from 'autocannon';
import type { SignedForm } from './forms.ts';
import type { LoadPlan, LoadResult } from './plan.ts';
import { Tally } from './tally.ts';

/** Sends as fast as possible: each connection sends its next form when the previous one has been answered. */
export async function runClosedLoop(plan: LoadPlan, forms: Iterator<SignedForm, undefined>): Promise<LoadResult> {
  const shares = Array.from({ length: plan.connections }, (): SignedForm[] => []);
  for (let n = 0; n < plan.count; n++) shares[n % plan.connections]!.push(forms.next().value!);
  const nextShares = shares.values();
  const formsOf = new Map<autocannon.Client, Iterator<SignedForm>>();
  const done = Promise.withResolvers<autocannon.Result>();
  const options: autocannon.Options = {
    url: plan.url,
    method: 'POST',
    connections: plan.connections,
    amount: plan.count,
    timeout: 30,
    // How often autocannon checks whether it is done, in ms. Times are taken from the answers themselves.
    sampleInt: 100,
    setupClient: (client) => {
      const share = nextShares.next().value!;
      client.setRequests(share);
      formsOf.set(client, share.values());
    },
  };
  const running = autocannon(options, (error: Error | null, result) =>
    error === null ? done.resolve(result) : done.reject(error),
  );
  let tally = new Tally(plan);
  running.once('start', () => (tally = new Tally(plan)));
  running.on('response', (client, status, _bytes, ms) => {
    const { value } = formsOf.get(client)!.next() as { value: SignedForm };
    tally.record(status, value.messageSid, ms * 1_000);
  });
  const { errors, timeouts } = await done.promise;
  tally.recordFailures(errors + timeouts);
  return tally.result(plan.count);
}
