import { formatDay } from '../../domain/day.js';
import type { Pulse } from '../../domain/health/assessment.js';
import type { AccountBundle, StateStore } from '../../ports/state-store.js';
import type { StoredResult } from '../../sync/stored-result.js';
import { absent, conflict } from '../refusal.js';

/** One account taken apart: what `explain --json`, the API and the console show. A contract: fields are added, never changed. */
export type AccountView = ReturnType<typeof accountView>;

/** An account that was assessed, by its id of 15 or 18 characters. Throws what to do where there is none. */
export async function explainedAccount(state: StateStore, id: string): Promise<AccountView> {
  const bundle = await bundleOf(state, id);
  return accountView(bundle, resultOf(bundle));
}

/** The id of 18 characters of an account that is known. */
export async function knownAccount(state: StateStore, id: string): Promise<string> {
  const [found] = await state.assessments.find({ idPrefix: id });
  if (found === undefined) throw notKnown(id);
  return found;
}

async function bundleOf(state: StateStore, id: string): Promise<AccountBundle> {
  const bundle = await state.assessments.bundle(await knownAccount(state, id));
  if (bundle === null) throw notKnown(id);
  return bundle;
}

/** What was kept of the assessment. Throws where the account was never assessed. */
export function resultOf({ account, assessed }: AccountBundle): StoredResult {
  if (assessed === null) throw notAssessed(account.id);
  const stored = assessed.result as StoredResult;
  // Kept by a version that knew no pulse, until the next run.
  return { ...stored, health: { ...stored.health, pulse: stored.health.pulse ?? null } };
}

/** Points in hundredths sum exactly, shown points in whole ones. */
export function accountView(bundle: AccountBundle, { health, tier, tierWish, phase, stage }: StoredResult) {
  const { name } = bundle.account.values;
  return {
    account: { id: bundle.account.id, name: typeof name === 'string' ? name : null },
    score: health.shownScore,
    scoreHundredths: health.score,
    band: health.band,
    bandSource: health.bandSource,
    modelBand: health.modelBand,
    pulse: pulseOf(health.pulse),
    coverage: Math.round(health.coverage * 100),
    missing: health.missing,
    watermelon: health.watermelon,
    watermelonReason: health.watermelonReason ?? null,
    trend: health.trend,
    pointsLost: health.pointsLost.map(({ source, label, cents, shown, text }) => ({
      source,
      label,
      hundredths: cents,
      points: shown,
      text,
    })),
    change: changeOf(health),
    changed: changedOf(health),
    signals: health.signals,
    guards: health.guards,
    tier: tier.tier,
    tierReason: tier.reason,
    tierSince: formatDay(tier.since),
    tierWaitingFor: tier.waitingFor,
    measure: tierWish.measure,
    phase,
    stage,
    model: health.modelId,
    modelVersion: health.modelVersion,
  };
}

function changeOf({ transition }: StoredResult['health']) {
  return (transition?.lines ?? []).map(({ source, label, cents, shown }) => ({
    source,
    label,
    hundredths: cents,
    points: shown,
  }));
}

function changedOf({ transition }: StoredResult['health']) {
  if (transition === null) return null;
  const { day, lines: _, ...from } = transition;
  return { ...from, on: formatDay(day) };
}

function pulseOf(pulse: Pulse | null) {
  if (pulse === null) return null;
  const { band, by, reason, setOn, expiresOn } = pulse;
  return {
    band,
    by,
    reason,
    setOn: formatDay(setOn),
    until: expiresOn === null ? null : formatDay(expiresOn),
  };
}

function notKnown(asked: string) {
  return absent({
    code: 'ACCOUNT_NOT_FOUND',
    message: `No account ${JSON.stringify(asked)} is known here.`,
    action: 'Give an id of 15 or 18 characters; a new account is known after the next run, a plan included.',
    operation: 'explain',
  });
}

function notAssessed(id: string) {
  return conflict({
    code: 'ACCOUNT_NOT_ASSESSED',
    message: `Account ${id} was read but not assessed yet.`,
    action: 'Run `truenorth plan`, then ask again.',
    operation: 'explain',
  });
}
