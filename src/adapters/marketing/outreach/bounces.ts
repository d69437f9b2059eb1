import type { Instant } from '../../../domain/day.js';
import { BATCH_SIZE, type Context, chunksOf } from './context.js';
import { everyOf } from './pages.js';
import { MAILING, type StateAnswer } from './schema.js';
import { instantOf } from './states.js';

/** By prospect id: when the last mail came back. Who has none is left out. */
export type Bounces = ReadonlyMap<string, Instant>;

/** A prospect says nothing of bounces: its mails do, fifty prospects a call. */
export async function bouncesOf(context: Context, prospectIds: readonly string[]): Promise<Bounces> {
  const found = new Map<string, Instant>();
  for (const chunk of chunksOf([...new Set(prospectIds)], BATCH_SIZE)) {
    const mailings = await everyOf(context, {
      path: 'mailings',
      query: { 'filter[prospect][id]': chunk.join(','), 'filter[state]': 'bounced' },
      item: MAILING,
    });
    for (const { attributes, relationships } of mailings) {
      const at = instantOf(attributes.bouncedAt);
      const prospect = relationships.prospect ?? '';
      if (at !== null) found.set(prospect, Math.max(at, found.get(prospect) ?? at));
    }
  }
  return found;
}

/** A sequence that began after the bounce was begun by somebody who had mended the address. */
export function mendedSince(bouncedAt: Instant, states: readonly StateAnswer[]): boolean {
  return states.some(({ attributes }) => (instantOf(attributes.createdAt) ?? 0) > bouncedAt);
}
