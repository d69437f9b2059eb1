import type { Moment, MomentPlan } from '../../domain/engagement/moment.js';
import { didYouMean } from '../nearest-name.js';
import type { WrittenMoments, WrittenOnboardingMoment, WrittenOngoingMoment } from '../normalised/moments.js';
import type { Normalised } from '../normalised/normalise.js';
import type { ValuePath } from '../problems.js';
import { type Gap, noteGaps, unknownFacts } from './gaps.js';
import { type PersonScope, personRule } from './persons.js';

/** What moments are checked against. */
export interface MomentScope extends PersonScope {
  /** Null = config/tiers.yaml could not be read. */
  readonly tiers: readonly string[] | null;
}

interface CheckedMoment {
  readonly moment: Moment;
  readonly gap: Gap | null;
}

/** Longest distance from the start of a period that lies inside it. */
const LONGEST = { week: 6, month: 27, quarter: 89, year: 364 } as const;

function gapOf(
  id: string,
  facts: readonly string[],
  at: { path: ValuePath; scope: MomentScope },
): Gap | null {
  if (facts.length === 0) return null;
  const alone = `the moment "${id}" is left out`;
  return { what: id, facts, note: (message) => at.scope.reader.note(at.path, message), alone };
}

function checkMoment(
  id: string,
  written: WrittenOnboardingMoment | WrittenOngoingMoment,
  at: { readonly path: ValuePath; readonly scope: MomentScope },
): CheckedMoment {
  const { path, scope } = at;
  const { reader } = scope;
  const when = written.when === undefined ? null : reader.condition(written.when, [...path, 'when']);
  const done = reader.condition(written.done, [...path, 'done']);
  const facts = [...unknownFacts(done, reader), ...(when === null ? [] : unknownFacts(when, reader))];
  const moment: Moment = {
    id,
    label: written.label,
    phase: 'cadence' in written ? 'ongoing' : 'onboarding',
    when: when?.expression ?? null,
    dueDay: written.dueDay,
    cadence: 'cadence' in written ? written.cadence : {},
    done: done.expression,
    owner: personRule(written.owner, { duty: 'owner', path: [...path, 'owner'] }, scope),
    objective: written.objective,
    required: 'required' in written && written.required,
  };
  return { moment, gap: gapOf(id, facts, at) };
}

function checkCadence(id: string, { cadence, dueDay }: WrittenOngoingMoment, scope: MomentScope): void {
  const path = ['ongoing', id];
  if (Object.keys(cadence).length === 0)
    scope.reader.wrong([...path, 'cadence'], 'no tier is named, so it never happens');
  for (const [tier, period] of Object.entries(cadence)) {
    if (scope.tiers !== null && !scope.tiers.includes(tier))
      scope.reader.wrongKey(
        [...path, 'cadence', tier],
        `unknown tier "${tier}"${didYouMean(tier, scope.tiers)}`,
      );
    if (dueDay > LONGEST[period])
      scope.reader.wrong([...path, 'dueDay'], `day ${dueDay} lies beyond the ${period} of tier "${tier}"`);
  }
}

function checkIds({ onboarding, ongoing }: WrittenMoments, { reader }: MomentScope): void {
  for (const id of Object.keys(ongoing).filter((name) => onboarding[name] !== undefined))
    reader.wrongKey(['ongoing', id], `the moment "${id}" exists in onboarding already; names are unique`);
}

/** Checks config/moments.yaml; a moment whose facts can't be known is left out with a note. */
export function checkMoments({ value }: Normalised<WrittenMoments>, scope: MomentScope): MomentPlan {
  checkIds(value, scope);
  for (const [id, written] of Object.entries(value.ongoing)) checkCadence(id, written, scope);
  const group = (name: 'onboarding' | 'ongoing'): readonly CheckedMoment[] =>
    Object.entries(value[name]).map(([id, written]) => checkMoment(id, written, { path: [name, id], scope }));
  const checked = [...group('onboarding'), ...group('ongoing')];
  const gaps = checked.flatMap(({ gap }) => gap ?? []);
  noteGaps(gaps, 'moments are left out, since they need facts that are not mapped', (message) =>
    scope.reader.note([], message),
  );
  return {
    moments: checked.filter(({ gap }) => gap === null).map(({ moment }) => moment),
    onboardingDays: value.onboardingDays,
    renewalWindow: value.renewalWindow,
  };
}
