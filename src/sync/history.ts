import type { AccountAssessment, AccountState } from '../domain/assess-account.js';
import type { Fact, Facts } from '../domain/facts/fact.js';
import { recordOf } from '../domain/health/replay.js';
import type { HistoryEntry } from '../ports/state-store.js';
import type { Run } from './context.js';

/** What an assessment started from, and what it came to. */
export interface Outcome {
  readonly base: AccountState | null;
  readonly result: AccountAssessment;
}

/** A row of history when what people see changed: enough to compute the same assessment again. */
export function changeShown(run: Run, account: string, outcome: Outcome): readonly HistoryEntry[] {
  const { base, result } = outcome;
  const { health, state } = result;
  const same =
    base !== null &&
    base.health.shownScore === health.shownScore &&
    base.health.band === health.band &&
    base.health.modelVersion === health.modelVersion &&
    base.tier.tier === state.tier.tier;
  return same ? [] : [entryOf(run, account, outcome, state.tier.tier)];
}

/** The row of history that a tier move brings once it is granted; none where there is none to grant. */
export function moveShown(run: Run, account: string, outcome: Outcome): readonly HistoryEntry[] {
  const granted = outcome.result.ifGranted;
  return granted === null ? [] : [entryOf(run, account, outcome, granted.tier.tier)];
}

function entryOf(run: Run, account: string, { base, result }: Outcome, tier: string): HistoryEntry {
  const { health } = result;
  const { today } = run;
  const record = recordOf({
    facts: result.facts,
    policy: run.settings.health,
    pulse: result.pulse,
    base: base?.health ?? null,
    today,
  });
  const shown = { score: health.shownScore, band: health.band, tier };
  const inputs = { ...record.inputs, ...sizeOf(result.facts, run) };
  const entry = { model: health.modelVersion, record: { ...record, inputs }, shown };
  return { account, day: today, fingerprint: run.digest.content(JSON.stringify(entry)), entry };
}

/** What says how large an account is: a score reads none of it, but what came of a tier can't be told without. */
function sizeOf(facts: Facts, { settings }: Run): Facts {
  const ids = ['account.arr', 'account.revenue12m', ...settings.tiers.measure.facts];
  return Object.fromEntries(
    ids.flatMap((id): readonly (readonly [string, Fact])[] => {
      const fact = facts[id];
      return fact === undefined || fact.value === null ? [] : [[id, fact]];
    }),
  );
}
