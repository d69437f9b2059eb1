import type { Day } from '../day.js';
import type { Facts } from '../facts/fact.js';
import type { Playbook, TriggerState } from './playbook.js';

export interface TriggerReading {
  readonly state: TriggerState | null;
  /** The edge that fires today, or null. */
  readonly firedEdge: Day | null;
  /** An edge that was seen but is too old to act on, or not re-armed. */
  readonly missed: boolean;
}

/**
 * Reads a trigger on its edge. `before` is what was known before this day; null = first sight.
 * An unknown answer keeps everything as it was: no fire, no re-arm.
 */
export function readTrigger(
  playbook: Playbook,
  facts: Facts,
  before: TriggerState | null,
  today: Day,
): TriggerReading {
  const holds = playbook.trigger.when.evaluate(facts, today);
  if (holds === null) return { state: before, firedEdge: null, missed: false };
  const known = before !== null && before.version === playbook.version ? before : null;
  if (!holds) return { state: fallen(playbook, before, today), firedEdge: null, missed: false };
  if (known?.held) return { state: known, firedEdge: null, missed: false };
  const edge = edgeDay(playbook, facts, today);
  const fires = mayFire(playbook, { before, known, edge, today });
  return {
    state: {
      version: playbook.version,
      held: true,
      since: edge,
      firedOn: fires ? today : (before?.firedOn ?? null),
      episodeOn: fires ? edge : (before?.episodeOn ?? null),
    },
    firedEdge: fires ? edge : null,
    missed: !fires,
  };
}

function fallen(playbook: Playbook, before: TriggerState | null, today: Day): TriggerState {
  const still = before !== null && !before.held && before.version === playbook.version;
  return still
    ? before
    : {
        version: playbook.version,
        held: false,
        since: today,
        firedOn: before?.firedOn ?? null,
        episodeOn: before?.episodeOn ?? null,
      };
}

function edgeDay(playbook: Playbook, facts: Facts, today: Day): Day {
  const told = playbook.trigger.edge?.evaluate(facts, today) ?? null;
  return told === null ? today : Math.min(told, today);
}

interface Edge {
  readonly before: TriggerState | null;
  /** The state, when it was read under this version of the playbook. */
  readonly known: TriggerState | null;
  readonly edge: Day;
  readonly today: Day;
}

function mayFire(playbook: Playbook, { before, known, edge, today }: Edge): boolean {
  const { onFirstSight, fireWithin, reenter } = playbook.trigger;
  if (today - edge > fireWithin) return false;
  // A new version of a playbook re-baselines: what holds already waits for the next edge.
  if (known === null && before !== null) return false;
  if (known === null) return onFirstSight === 'fire';
  if (known.firedOn === null || reenter === 'always') return true;
  if (reenter === 'never') return false;
  return today - known.firedOn >= reenter.afterDays;
}
