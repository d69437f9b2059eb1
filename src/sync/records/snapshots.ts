import { formatDay } from '../../domain/day.js';
import { driverTexts } from '../../domain/health/words.js';
import type { AccountBundle } from '../../ports/state-store.js';
import type { Run } from '../context.js';
import type { StoredResult } from '../stored-result.js';
import { type LastSnapshot, readSnapshot, snapshotText } from './due.js';
import type { RecordToPublish } from './publish.js';

/** Snapshots of accounts whose band, tier or month is another than their last one showed. */
export async function snapshotsOf(
  run: Run,
  bundles: readonly AccountBundle[],
): Promise<readonly RecordToPublish[]> {
  const known = await run.state.published.of(
    'snapshot',
    bundles.map(({ account }) => account.id),
  );
  const begun = await run.state.published.of(
    INTENDED,
    bundles.map(({ account }) => account.id),
  );
  return bundles.flatMap((bundle) => {
    const { id } = bundle.account;
    return snapshotOf(run, bundle, { text: known.get(id), on: begun.get(id) ?? formatDay(run.today) });
  });
}

/** Snapshots that may have been made without an answer: the day under which they would be there. */
export const INTENDED = 'snapshot-intended';

/** Written down before it is made, so that the next day's run makes the same record again and not a second one. */
export async function intend(run: Run, snapshots: readonly RecordToPublish[]): Promise<void> {
  const begun = snapshots.map(({ account, wish }) => {
    const on = wish.kind === 'snapshot' ? String(wish.values.on) : '';
    return { key: account, content: on, day: run.today };
  });
  await run.state.published.set(INTENDED, begun);
}

/** Those that are there are intended no more. */
export async function fulfil(
  run: Run,
  snapshots: readonly RecordToPublish[],
  held: readonly string[],
): Promise<void> {
  const there = new Set(held);
  const done = snapshots.filter(({ wish }) => there.has(wish.key)).map(({ account }) => account);
  await run.state.published.remove(INTENDED, done);
}

interface Dated {
  /** What the last snapshot showed. */
  readonly text: string | undefined;
  /** Day of this one. */
  readonly on: string;
}

function snapshotOf(run: Run, bundle: AccountBundle, { text, on }: Dated): readonly RecordToPublish[] {
  const account = bundle.account.id;
  const { assessed } = bundle;
  if (assessed === null) return [];
  const { health, tier } = assessed.result as StoredResult;
  const last = readSnapshot(text);
  // A second move on one day is the same record: what stood before the day stays.
  const same = last?.day === on;
  const bandBefore = (same ? last?.bandBefore : last?.band) ?? null;
  const tierBefore = (same ? last?.tierBefore : last?.tier) ?? null;
  const now = { day: on, band: health.band, tier: tier.tier, bandBefore, tierBefore };
  const why = reasonOf(last, now);
  if (why === null) return [];
  const values = {
    account,
    on,
    why,
    score: health.shownScore,
    band: health.band,
    bandSource: health.bandSource,
    bandBefore,
    coverage: Math.round(health.coverage * 100),
    tier: tier.tier,
    tierBefore,
    tierReason: tier.reason.slice(0, 255),
    // What a person wrote in a pulse stays with the pulse.
    drivers: driverTexts({ ...health, pulse: null }, run.settings.health).short,
    revenue: assessed.measure,
  };
  const key = `${account}/${on}`;
  const remember = { key: account, content: snapshotText(now) };
  return [{ wish: { kind: 'snapshot', key, values }, account, remember }];
}

/** In plain words; null when nothing is due. */
function reasonOf(last: LastSnapshot | null, now: LastSnapshot): string | null {
  if (last === null) return 'first';
  const changed = [...(last.band === now.band ? [] : ['band']), ...(last.tier === now.tier ? [] : ['tier'])];
  if (changed.length > 0) return `${changed.join(' and ')} changed`;
  return last.day.slice(0, 7) === now.day.slice(0, 7) ? null : 'monthly';
}
