import type { Run } from '../context.js';
import { programMetrics } from '../program-metrics.js';
import { publish } from './publish.js';
import { adding, type Tally } from './tally.js';

/** Tells the numbers of the program, once a local day. */
export async function publishMetrics(run: Run): Promise<Tally> {
  const tally = adding();
  if (!run.records.has('metric')) return tally.total();
  for await (const page of programMetrics(run)) {
    const records = page.map((wish) => ({ wish, account: '' }));
    tally.add(await publish(run, 'metric', records));
  }
  return tally.total();
}
