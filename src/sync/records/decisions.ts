import { formatDay } from '../../domain/day.js';
import type { RecordWish } from '../../ports/crm-records.js';
import type { LedgerEntry } from '../../ports/state-store.js';
import { PAGE, type Run } from '../context.js';
import { type PublishCount, publish, type RecordToPublish } from './publish.js';
import { adding, type Tally } from './tally.js';

const DONE = ['enrolled', 'already'] as const;
const REFUSED = ['refused', 'deferred'] as const;

/** Decisions that the CRM has not been told: those that were carried out, and refusals where each is asked for. */
export async function publishDecisions(run: Run): Promise<Tally> {
  const { refusals } = run.settings.service.records;
  const statuses = refusals === 'each' ? [...DONE, ...REFUSED] : DONE;
  const tally = adding();
  for await (const page of run.state.ledger.untold(statuses, PAGE)) {
    const done = await publish(
      run,
      'decision',
      page.map((entry) => decisionOf(run, entry)),
    );
    const held = new Set(done.held);
    await run.state.ledger.markTold(page.map(({ key }) => key).filter((key) => held.has(keyOf(run, key))));
    tally.add(done);
  }
  if (refusals === 'count') tally.add(await publishCounts(run));
  return tally.total();
}

/** The ledger's key names a person by a long hash: what the CRM knows the decision by is a shorter one of the whole. */
function keyOf(run: Run, text: string): string {
  return run.digest.content(text).slice(0, 40);
}

function decisionOf(run: Run, entry: LedgerEntry): RecordToPublish {
  const { key, account, contact, episode, playbook, step, channel, target, status, code, evidence } = entry;
  const values = {
    account,
    contact,
    episode,
    playbook,
    step,
    channel,
    target: target.slice(0, 255),
    outcome: status,
    code,
    reason: evidence?.slice(0, 255) ?? null,
    on: formatDay(entry.day),
    count: 1,
  } satisfies RecordWish<'decision'>['values'];
  return { wish: { kind: 'decision', key: keyOf(run, key), values }, account };
}

/** Today's refusals, one record for each playbook and code. */
async function publishCounts(run: Run): Promise<PublishCount> {
  const on = formatDay(run.today);
  const counts = await run.state.ledger.refusalsOn(run.today);
  const records = counts.map(({ playbook, code, status, count }): RecordToPublish => {
    const values = { playbook, code, outcome: status, on, count } satisfies RecordWish<'decision'>['values'];
    const key = keyOf(run, `${on}/${playbook}/${code}/${status}`);
    return { wish: { kind: 'decision', key, values }, account: '' };
  });
  return publish(run, 'decision', records);
}
