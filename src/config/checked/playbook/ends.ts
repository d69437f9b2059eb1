import type { Playbook } from '../../../domain/engagement/playbook.js';
import type { Claims } from '../../expressions/claims.js';
import { requires } from '../../expressions/contradiction.js';
import { taskOf } from '../persons.js';
import { conditionAt, type Desk } from './desk.js';

/** An end that has come when the playbook begins. */
function checkFirstDay({ value, reader }: Desk): void {
  const start = value.trigger.when?.replace(/\s+/g, '');
  const same = (text: string | undefined): boolean =>
    text !== undefined && text.replace(/\s+/g, '') === start;
  if (same(value.exits.when))
    reader.wrong(['exits', 'when'], 'this is what starts the playbook: it would end on its first day');
  if (same(value.goal?.when))
    reader.wrong(['goal', 'when'], 'this is what starts the playbook: the goal would be reached at once');
}

/** A countdown or a period without a condition has none that could be gone. */
function checkCondition({ value, reader }: Desk): void {
  if (value.exits.conditionGone && value.trigger.when === undefined)
    reader.wrong(
      ['exits', 'conditionGone'],
      'the trigger has no "when", so there is no condition to be gone',
    );
}

/** What comes after the goal's window could not help to reach it. */
function checkWindow({ value, reader, layout }: Desk): void {
  const window = value.goal?.withinDays;
  if (window === undefined) return;
  for (const { written, path } of layout.steps)
    if (written.day > window)
      reader.wrong(
        [...path, 'day'],
        `day ${written.day} comes after the ${window} days in which the goal counts: it could not help to reach it; move the step, or raise goal.withinDays`,
      );
}

/** Onboarding ends by itself after twice its days: what comes later never happens where that is an exit. */
function checkOnboarding({ value, reader, layout, scope }: Desk, claims: readonly Claims[]): void {
  const last = 2 * scope.onboardingDays;
  const onboards = claims.some((claim) => requires(claim, 'journey.phase', 'onboarding'));
  if (!onboards || !value.exits.phaseChanged) return;
  for (const { written, path } of layout.steps)
    if (written.day > last)
      reader.wrong(
        [...path, 'day'],
        `onboarding is over after ${last} days at the latest, and "phaseChanged" ends the playbook then: day ${written.day} never comes`,
      );
}

/** Checks how a playbook ends. `claims`: what must be so of every account that it starts for. */
export function checkEnds(desk: Desk, claims: readonly Claims[]): Pick<Playbook, 'exits' | 'goal' | 'reply'> {
  const { exits, goal, reply } = desk.value;
  checkFirstDay(desk);
  checkCondition(desk);
  checkWindow(desk);
  checkOnboarding(desk, claims);
  return {
    exits: {
      ...exits,
      when: exits.when === undefined ? null : conditionAt(desk, exits.when, ['exits', 'when']),
    },
    goal: goal ? { ...goal, when: conditionAt(desk, goal.when, ['goal', 'when']) } : null,
    reply: reply ? taskOf(reply, ['reply'], { reader: desk.reader, pools: desk.scope.pools }) : null,
  };
}
