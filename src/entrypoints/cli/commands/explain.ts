import { formatDay, spokenDay } from '../../../domain/day.js';
import type { HealthAssessment, Pulse } from '../../../domain/health/assessment.js';
import { pulseLine } from '../../../domain/health/words.js';
import { IntegrationError } from '../../../ports/errors.js';
import type { AccountBundle, StateStore } from '../../../ports/state-store.js';
import type { StoredResult } from '../../../sync/stored-result.js';
import { EXIT } from '../exit-codes.js';
import { accountNamed } from '../find-account.js';
import type { Terminal } from '../terminal.js';

export interface AccountChoice {
  /** 15 or 18 character id, or an exact name. */
  readonly account: string | null;
  /** Position in id order, from 1. */
  readonly nth: number | null;
}

/** `explain`: where every point of an account's score went, why it has its tier, what changed last. */
export async function explainCommand(
  state: StateStore,
  terminal: Terminal,
  choice: AccountChoice,
): Promise<number> {
  const bundle = await findAccount(state, choice);
  const assessed = bundle.assessed;
  if (assessed === null) throw notAssessed(bundle.account.id);
  const stored = assessed.result as StoredResult;
  // Kept by a version that knew no pulse, until the next run.
  const result = { ...stored, health: { ...stored.health, pulse: stored.health.pulse ?? null } };
  terminal.json(explanation(bundle, result));
  if (!terminal.asJson) sayExplanation(terminal, bundle, result);
  return EXIT.done;
}

async function findAccount(state: StateStore, { account, nth }: AccountChoice): Promise<AccountBundle> {
  const id = nth === null ? await accountNamed(state, account ?? '', 'explain') : await accountAt(state, nth);
  const bundle = await state.assessments.bundle(id);
  if (bundle === null) throw notFound(id);
  return bundle;
}

async function accountAt(state: StateStore, nth: number): Promise<string> {
  const [id] = await state.assessments.find({ nth });
  if (id === undefined) throw notFound(`number ${nth}`);
  return id;
}

/** The object of `explain --json`: a contract. Points in hundredths sum exactly, shown points in whole ones. */
function explanation(bundle: AccountBundle, { health, tier, tierWish, phase, stage }: StoredResult) {
  const { transition } = health;
  return {
    account: { id: bundle.account.id, name: bundle.account.values.name ?? null },
    score: health.shownScore,
    scoreHundredths: health.score,
    band: health.band,
    bandSource: health.bandSource,
    modelBand: health.modelBand,
    pulse: pulseOf(health.pulse),
    coverage: Math.round(health.coverage * 100),
    missing: health.missing,
    watermelon: health.watermelon,
    trend: health.trend,
    pointsLost: health.pointsLost.map(({ source, label, cents, shown, text }) => ({
      source,
      label,
      hundredths: cents,
      points: shown,
      text,
    })),
    change: (transition?.lines ?? []).map(({ source, label, cents, shown }) => ({
      source,
      label,
      hundredths: cents,
      points: shown,
    })),
    changed:
      transition === null
        ? null
        : { ...transition, on: formatDay(transition.day), lines: undefined, day: undefined },
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

function sayExplanation(
  terminal: Terminal,
  bundle: AccountBundle,
  { health, tier, phase, stage }: StoredResult,
): void {
  const { say, colors } = terminal;
  say(colors.bold(`${bundle.account.values.name ?? 'Account'} (${bundle.account.id})`));
  say(
    `  Health   ${health.shownScore ?? 'no score'}, ${health.band}${health.band === health.modelBand ? '' : ` (the model says ${health.modelBand})`}, trend ${health.trend}`,
  );
  if (health.pulse !== null) say(`  Pulse    ${pulseLine(health.pulse)}`);
  say(
    `  Coverage ${Math.round(health.coverage * 100)} % of model ${health.modelId}${health.missing.length > 0 ? `; missing: ${health.missing.join(', ')}` : ''}`,
  );
  say(
    `  Tier     ${tier.tier} since ${spokenDay(tier.since)}: ${tier.reason}${tier.waitingFor === null ? '' : `; is to move to ${tier.waitingFor} once the calm rules in config/tiers.yaml allow`}`,
  );
  say(`  Phase    ${phase ?? 'unknown'}, stage ${stage ?? 'unknown'}`);
  sayPoints(terminal, health);
  sayTransition(terminal, health);
}

function sayPoints({ say, colors }: Terminal, health: HealthAssessment): void {
  if (health.shownScore === null) return;
  say();
  say(colors.bold(`Where the other ${100 - health.shownScore} points went`));
  for (const line of health.pointsLost)
    if (line.cents !== 0) say(`  ${`-${line.shown}`.padStart(4)}  ${line.text}`);
  say(colors.dim(`  ${100 - health.shownScore} points in all: 100 - ${health.shownScore}`));
}

function sayTransition({ say, colors }: Terminal, { transition }: HealthAssessment): void {
  if (transition === null) return;
  say();
  say(
    colors.bold(
      `Last change, ${spokenDay(transition.day)}: ${transition.fromScore ?? 'none'} (${transition.fromBand ?? 'new'}) → ${transition.toScore ?? 'none'} (${transition.toBand})`,
    ),
  );
  for (const { label, shown } of transition.lines)
    if (shown !== 0) say(`  ${shown > 0 ? '+' : ''}${shown} ${label}`);
}

function failure(code: string, message: string, action: string): IntegrationError {
  return new IntegrationError({
    kind: 'Config',
    code,
    message,
    actions: [action],
    retryable: false,
    provider: 'state',
    operation: 'explain',
  });
}

function notFound(asked: string): IntegrationError {
  return failure(
    'ACCOUNT_NOT_FOUND',
    `No account ${JSON.stringify(asked)} is known here.`,
    'Give an id (15 or 18 characters), an exact name, or --nth N; a new account is known after the next `truenorth plan`.',
  );
}

function notAssessed(id: string): IntegrationError {
  return failure(
    'ACCOUNT_NOT_ASSESSED',
    `Account ${id} was read but not assessed yet.`,
    'Run `truenorth plan`, then ask again.',
  );
}
