import { spokenDay } from '../../../domain/day.js';
import type { HealthAssessment } from '../../../domain/health/assessment.js';
import { pulseLine } from '../../../domain/health/words.js';
import type { AccountBundle, StateStore } from '../../../ports/state-store.js';
import { accountView, resultOf } from '../../../service/views/account.js';
import type { StoredResult } from '../../../sync/stored-result.js';
import { EXIT } from '../exit-codes.js';
import { accountNamed, cannotFind } from '../find-account.js';
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
  const result = resultOf(bundle);
  terminal.json(accountView(bundle, result));
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

function sayExplanation(
  terminal: Terminal,
  bundle: AccountBundle,
  { health, tier, phase, stage }: StoredResult,
): void {
  const { say, colors } = terminal;
  say(colors.bold(`${bundle.account.values.name ?? 'Account'} (${bundle.account.id})`));
  say(
    `  Health   ${health.shownScore ?? 'no score'}, ${health.band}${health.band === health.modelBand ? '' : ` (the model says ${health.modelBand})`}, trend ${health.trend}${withoutScore(health)}`,
  );
  if (health.pulse !== null) say(`  Pulse    ${pulseLine(health.pulse)}`);
  say(
    `  Coverage ${Math.round(health.coverage * 100)} % of model ${health.modelId}${health.missing.length > 0 ? `; missing: ${health.missing.join(', ')}` : ''}`,
  );
  if (health.watermelon === true)
    say(`  Watermelon: ${health.watermelonReason ?? 'use looks healthy, something beneath it does not'}`);
  say(
    `  Tier     ${tier.tier} since ${spokenDay(tier.since)}: ${tier.reason}${tier.waitingFor === null ? '' : `; is to move to ${tier.waitingFor} once the calm rules in config/tiers.yaml allow`}`,
  );
  say(`  Phase    ${phase ?? 'unknown'}, stage ${stage ?? 'unknown'}`);
  sayPoints(terminal, health);
  sayTransition(terminal, health);
}

/** A band may stand where no score does: by a guard, which holds however little else is known. */
function withoutScore({ shownScore, bandSource, guards }: HealthAssessment): string {
  if (shownScore !== null) return '';
  const [guard] = guards;
  const by = bandSource === 'guard' && guard !== undefined ? `; the band is set by the guard ${guard}` : '';
  return `; too little is known for a score${by}`;
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

function notFound(asked: string) {
  return cannotFind('explain', {
    code: 'ACCOUNT_NOT_FOUND',
    message: `No account ${JSON.stringify(asked)} is known here.`,
    action:
      'Give an id (15 or 18 characters), an exact name, or --nth N; a new account is known after the next `truenorth plan`.',
  });
}
