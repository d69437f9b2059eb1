import { formatDay } from '../../domain/day.js';
import type { RecordWish } from '../../ports/crm-records.js';
import type { RefusalCount } from '../../ports/ledger-store.js';
import type { LedgerEntry } from '../../ports/state-store.js';
import { PAGE, type Run } from '../context.js';
import { type PublishCount, publish, type RecordToPublish } from './publish.js';
import { adding, type Tally } from './tally.js';
import { withoutAddresses } from './without-addresses.js';

const DONE = ['enrolled', 'already'] as const;
const REFUSED = ['refused', 'deferred'] as const;

/** Decisions that the CRM has not been told: those that were carried out, and refusals where each is asked for. */
export async function publishDecisions(run: Run): Promise<Tally> {
  const { refusals } = run.settings.service.records;
  const statuses = refusals === 'each' ? [...DONE, ...REFUSED] : DONE;
  const tally = adding();
  for await (const page of run.state.ledger.untold(statuses, PAGE)) {
    // A task that answers a reply belongs to no episode of a playbook; one that was not told can't be named.
    const told = await run.state.published.of(
      'episode',
      page.map(({ episode }) => episode),
    );
    const done = await publish(
      run,
      'decision',
      page.map((entry) => decisionOf(run, entry, told.has(entry.episode))),
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

function decisionOf(run: Run, entry: LedgerEntry, hasEpisode: boolean): RecordToPublish {
  const { key, account, contact, episode, playbook, step, channel, target, status, code, evidence } = entry;
  const values = {
    account,
    contact,
    ...(hasEpisode ? { episode } : {}),
    playbook,
    step,
    channel,
    target: target.slice(0, 255),
    outcome: status,
    code,
    reason: evidence === null ? null : withoutAddresses(evidence).slice(0, 255),
    on: formatDay(entry.day),
    count: 1,
  } satisfies RecordWish<'decision'>['values'];
  return { wish: { kind: 'decision', key: keyOf(run, key), values }, account };
}

const COUNTED = 'refusal-counts';

interface Counted {
  readonly day: number;
  readonly counts: readonly Omit<RefusalCount, 'count'>[];
}

/** Today's refusals, one record for each playbook and code; what was refused this morning and is no more counts 0. */
async function publishCounts(run: Run): Promise<PublishCount> {
  const on = formatDay(run.today);
  const now = await run.state.ledger.refusalsOn(run.today);
  const earlier = (await run.state.notes.get(COUNTED)) as Counted | null;
  const nameOf = ({ playbook, code, status }: Omit<RefusalCount, 'count'>): string =>
    `${on}/${playbook}/${code}/${status}`;
  const names = new Set(now.map(nameOf));
  const gone = (earlier?.day === run.today ? earlier.counts : []).filter((one) => !names.has(nameOf(one)));
  const all: readonly RefusalCount[] = [...now, ...gone.map((one) => ({ ...one, count: 0 }))];
  const records = all.map((one): RecordToPublish => {
    const { playbook, code, status, count } = one;
    const values = { playbook, code, outcome: status, on, count } satisfies RecordWish<'decision'>['values'];
    return { wish: { kind: 'decision', key: keyOf(run, nameOf(one)), values }, account: '' };
  });
  const counts = all.map(({ playbook, code, status }) => ({ playbook, code, status }));
  await run.state.notes.set(COUNTED, { day: run.today, counts } satisfies Counted);
  return publish(run, 'decision', records);
}
