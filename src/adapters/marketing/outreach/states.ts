import type { Instant } from '../../../domain/day.js';
import { BATCH_SIZE, type Context, chunksOf } from './context.js';
import { everyOf } from './pages.js';
import { isId } from './prospects.js';
import { SEQUENCE_STATE, type StateAnswer } from './schema.js';

/** By prospect id, the oldest first. */
export type StatesByProspect = ReadonlyMap<string, readonly StateAnswer[]>;

/** Mail is on its way, or waits for its turn. */
const RUNNING: readonly string[] = ['active', 'pending', 'paused'];
/** The sequence holds the prospect, but sends nothing before somebody mends something. */
const HELD: readonly string[] = ['disabled', 'failed'];
/** The sequence sends nothing more. `bounced` counts as unfinished at Outreach, yet no mail follows. */
export const ENDED: readonly string[] = ['finished', 'opted_out', 'bounced'];

/** Fifty prospects a call; all sequences unless one is named. */
export async function statesOf(
  context: Context,
  prospectIds: readonly string[],
  sequenceId: string | null = null,
): Promise<StatesByProspect> {
  const found = new Map<string, StateAnswer[]>();
  const inSequence = sequenceId === null ? {} : { 'filter[sequence][id]': sequenceId };
  for (const chunk of chunksOf([...new Set(prospectIds.filter(isId))], BATCH_SIZE)) {
    const states = await everyOf(context, {
      path: 'sequenceStates',
      query: { 'filter[prospect][id]': chunk.join(','), ...inSequence },
      item: SEQUENCE_STATE,
    });
    for (const state of states.toSorted((one, other) => Number(one.id) - Number(other.id))) {
      const prospect = state.relationships.prospect ?? '';
      found.set(prospect, [...(found.get(prospect) ?? []), state]);
    }
  }
  return found;
}

export function isRunning({ attributes }: StateAnswer): boolean {
  return RUNNING.includes(attributes.state);
}

/** Whoever is held can be let go. */
export function isHeld(state: StateAnswer): boolean {
  return isRunning(state) || HELD.includes(state.attributes.state);
}

/** The last sequence of all ended so: whoever mends the address finishes that state in Outreach. */
export function hasBounced(states: readonly StateAnswer[]): boolean {
  return states.at(-1)?.attributes.state === 'bounced';
}

export function isOf(sequenceId: string): (state: StateAnswer) => boolean {
  return ({ relationships }) => relationships.sequence === sequenceId;
}

export function instantOf(text: string | null | undefined): Instant | null {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? null : at;
}
