import type { Day } from '../day.js';
import type { Facts } from '../facts/fact.js';
import { CHANNELS } from './channel.js';
import type { Episode } from './episode.js';
import type { Playbook, PlaybookStep } from './playbook.js';

/** A step of a running episode with the day on which it is due. */
export interface DueStep {
  readonly step: PlaybookStep;
  readonly due: Day;
  /** Days by which persons may be behind through the lateness of their earlier steps. */
  readonly slack: number;
}

/** How the steps of an episode lie in time, as far as it can be told today. */
export interface Schedule {
  /** Steps whose day is known and that were not let go, in order. */
  readonly steps: readonly DueStep[];
  readonly cleared: Episode['cleared'];
  readonly let: Episode['let'];
  /** False while a step waits: what follows it has no day yet. */
  readonly settled: boolean;
}

/** Lateness of all earlier steps together is not followed further than this. */
const MOST_SLACK = 30;

interface Asked {
  readonly facts: Facts;
  readonly today: Day;
}

/**
 * Steps with their days: a wait that is over moves the later steps by what it took, so that gaps are
 * kept; a condition is asked on the day of its step; what can't be answered waits until `lateBy` is over.
 */
export function scheduleOf(playbook: Playbook, episode: Episode, asked: Asked): Schedule {
  let walk: Walk = {
    steps: [],
    cleared: episode.cleared,
    let: episode.let,
    delay: 0,
    slack: 0,
    settled: true,
  };
  for (const step of stepsOf(playbook, episode)) {
    if (!walk.settled) break;
    walk = walked(walk, { step, planned: episode.edge + step.day - 1 + walk.delay }, asked);
  }
  const { steps, cleared, let: gone, settled } = walk;
  return { steps, cleared, let: gone, settled };
}

/** The steps of this mark and this side of the branch; those of an undecided branch are left out. */
export function stepsOf(
  playbook: Playbook,
  episode: Pick<Episode, 'mark' | 'side'>,
): readonly PlaybookStep[] {
  return playbook.steps.filter(
    (step) =>
      (step.mark === null || step.mark === episode.mark) &&
      (step.side === null || step.side === episode.side),
  );
}

interface Walk extends Schedule {
  readonly delay: number;
  readonly slack: number;
}

interface Planned {
  readonly step: PlaybookStep;
  readonly planned: Day;
}

function walked(walk: Walk, at: Planned, asked: Asked): Walk {
  const { step, planned } = at;
  if (walk.let[step.id] !== undefined) return past(walk, step);
  const cleared = walk.cleared[step.id];
  if (cleared !== undefined) return placed(walk, step, { planned, due: step.waitFor ? cleared : planned });
  const condition = step.waitFor?.when ?? step.when;
  if (condition === null || planned > asked.today) return placed(walk, step, { planned, due: planned });
  const holds = condition.evaluate(asked.facts, asked.today);
  if (holds === true) {
    const now = { ...walk, cleared: { ...walk.cleared, [step.id]: asked.today } };
    return placed(now, step, { planned, due: step.waitFor ? asked.today : planned });
  }
  const patience = step.waitFor?.days ?? (holds === null ? step.lateBy : 0);
  if (asked.today > planned + patience || (step.waitFor === null && holds === false))
    return past({ ...walk, let: { ...walk.let, [step.id]: asked.today } }, step);
  return { ...walk, settled: false };
}

/** What was waited for in vain has taken its time all the same: later steps keep their gaps. */
function past(walk: Walk, { waitFor }: PlaybookStep): Walk {
  return waitFor === null ? walk : { ...walk, delay: walk.delay + waitFor.days };
}

function placed(
  walk: Walk,
  step: PlaybookStep,
  { planned, due }: { readonly planned: Day; readonly due: Day },
): Walk {
  const person = CHANNELS[step.channel].reaches === 'person';
  return {
    ...walk,
    steps: [...walk.steps, { step, due, slack: walk.slack }],
    delay: walk.delay + (due - planned),
    slack: person ? Math.min(walk.slack + step.lateBy, MOST_SLACK) : walk.slack,
  };
}

/** Last day on which the step may be decided; on the day after, what is still open has run out. */
export function lastDayOf({ step, due, slack }: DueStep): Day {
  return due + slack + step.lateBy;
}

/** Last day on which the step may still do something to the customer. */
export function overOn(due: DueStep): Day {
  const { touches, lateBy } = due.step;
  return due.due + due.slack + lateBy + (touches?.days ?? 1);
}
