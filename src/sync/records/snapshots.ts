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
  return bundles.flatMap((bundle) => snapshotOf(run, bundle, known.get(bundle.account.id)));
}

function snapshotOf(run: Run, bundle: AccountBundle, text: string | undefined): readonly RecordToPublish[] {
  const account = bundle.account.id;
  const { assessed } = bundle;
  if (assessed === null) return [];
  const { health, tier } = assessed.result as StoredResult;
  const last = readSnapshot(text);
  const on = formatDay(run.today);
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
