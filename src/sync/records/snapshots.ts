import { formatDay } from '../../domain/day.js';
import { driverTexts } from '../../domain/health/words.js';
import type { AccountBundle } from '../../ports/state-store.js';
import type { Run } from '../context.js';
import type { StoredResult } from '../stored-result.js';
import { monthOf, readSnapshot, snapshotText } from './due.js';
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
  const now = { month: monthOf(run.today), band: health.band, tier: tier.tier };
  const why = reasonOf(last, now);
  if (why === null) return [];
  const values = {
    account,
    on: formatDay(run.today),
    why,
    score: health.shownScore,
    band: health.band,
    bandSource: health.bandSource,
    bandBefore: last?.band ?? null,
    coverage: Math.round(health.coverage * 100),
    tier: tier.tier,
    tierBefore: last?.tier ?? null,
    tierReason: tier.reason.slice(0, 255),
    drivers: driverTexts(health, run.settings.health).short,
    revenue: assessed.measure,
  };
  const key = `${account}/${formatDay(run.today)}`;
  const remember = { key: account, content: snapshotText(now) };
  return [{ wish: { kind: 'snapshot', key, values }, account, remember }];
}

type Shown = NonNullable<ReturnType<typeof readSnapshot>>;

/** In plain words; null when nothing is due. */
function reasonOf(last: Shown | null, now: Shown): string | null {
  if (last === null) return 'first';
  const changed = [...(last.band === now.band ? [] : ['band']), ...(last.tier === now.tier ? [] : ['tier'])];
  if (changed.length > 0) return `${changed.join(' and ')} changed`;
  return last.month === now.month ? null : 'monthly';
}
