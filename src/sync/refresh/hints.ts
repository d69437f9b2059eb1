import type { ChangeHint } from '../../ports/change-feed.js';

/** What is known to have changed in one object. */
export interface ObjectHints {
  /** Records to read; those that are gone are found out by reading. */
  readonly ids: readonly string[];
  /** True = more than can be named: it is read from its cursor. */
  readonly whole: boolean;
}

/** What changed, by object. */
export type Hints = Readonly<Record<string, ObjectHints>>;

export const NO_HINTS: Hints = {};

/** Above this reading an object from its cursor is cheaper, and its hints stay short. */
const MOST_IDS = 500;

/** The same hints with one more. A record that changed twice is read once. */
export function withHint(hints: Hints, { object, ids }: Pick<ChangeHint, 'object' | 'ids'>): Hints {
  const known = hints[object] ?? { ids: [], whole: false };
  if (known.whole) return hints;
  const all = [...new Set([...known.ids, ...ids])];
  const whole = ids.length === 0 || all.length > MOST_IDS;
  return { ...hints, [object]: whole ? { ids: [], whole } : { ids: all, whole } };
}

export function together(hints: Hints, more: Hints): Hints {
  return Object.entries(more).reduce(
    (all, [object, { ids, whole }]) => withHint(all, { object, ids: whole ? [] : ids }),
    hints,
  );
}
