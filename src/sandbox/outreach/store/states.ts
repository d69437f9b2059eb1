import { type Beginning, stateRows } from './base-rows.js';
import type { ApiRecord } from './record.js';
import { type Rows, startRows } from './rows.js';

/** One adding to a sequence that a call made: kept although the prospect may leave again. */
export interface Adding {
  readonly prospectId: number;
  readonly sequenceId: number;
  readonly mailboxId: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface StateStore extends Rows {
  readonly ofProspect: (prospectId: number) => readonly ApiRecord[];
  readonly noteAdding: (adding: Adding) => void;
  readonly addings: () => readonly Adding[];
  /** In the order they were added. */
  readonly pending: () => readonly ApiRecord[];
  /** A prospect of this user began the sequence. */
  readonly noteActivation: (lane: Lane, at: number) => void;
  readonly activationsSince: (lane: Lane, since: number) => number;
}

/** Throttles count for each user and sequence. */
export interface Lane {
  readonly sequenceId: number;
  readonly userId: number;
}

export function startStates(beginning: Beginning, lastId: number): StateStore {
  const byProspect = new Map<number, Set<number>>();
  const waiting = new Set<number>();
  const addings: Adding[] = [];
  const activations = new Map<string, number[]>();
  const idsOf = (prospectId: number): readonly number[] => [
    prospectId - beginning.firstProspectId + beginning.firstStateId,
    ...(byProspect.get(prospectId) ?? []),
  ];
  const rows = startRows({
    base: stateRows(beginning),
    lastId,
    lookups: { 'prospect.id': (value) => idsOf(Number(value)) },
    onWrite: (before, after) => {
      const { id } = after ?? before ?? { id: 0 };
      if (after?.attributes.state === 'pending') waiting.add(id);
      else waiting.delete(id);
      if (after !== null) remember(byProspect, after);
    },
  });
  const present = (ids: Iterable<number>): readonly ApiRecord[] =>
    [...new Set(ids)].map(rows.byId).filter((record) => record !== null);
  const timesOf = (lane: Lane): number[] => {
    const known = activations.get(keyOf(lane));
    const times = known ?? [];
    if (known === undefined) activations.set(keyOf(lane), times);
    return times;
  };
  return {
    ...rows,
    // The slot of a prospect that a call made may be a later state of somebody else.
    ofProspect: (prospectId) =>
      present(idsOf(prospectId)).filter(({ related }) => related.prospect === prospectId),
    noteAdding: (adding) => addings.push(adding),
    addings: () => addings,
    pending: () => present(waiting),
    noteActivation: (lane, at) => timesOf(lane).push(at),
    activationsSince: (lane, since) => timesOf(lane).filter((at) => at > since).length,
  };
}

function keyOf({ sequenceId, userId }: Lane): string {
  return `${sequenceId}/${userId}`;
}

function remember(byProspect: Map<number, Set<number>>, state: ApiRecord): void {
  const prospectId = state.related.prospect ?? 0;
  byProspect.set(prospectId, (byProspect.get(prospectId) ?? new Set()).add(state.id));
}
