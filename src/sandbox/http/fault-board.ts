import type { Fault } from '../faults.js';
import { seeded } from '../seeded.js';

/** The faults that are set, and which of them strikes now. Deterministic: chance comes from the seed and the count. */
export interface FaultBoard {
  readonly set: (fault: Fault) => void;
  readonly clear: () => void;
  readonly list: () => readonly Fault[];
  /** The first fault of this kind that hits `request` (`METHOD /path?query`), or null. Asking counts as one match. */
  readonly strike: (kind: Fault['kind'], request: string) => Fault | null;
}

interface Armed {
  readonly fault: Fault;
  readonly match: RegExp | null;
  readonly key: number;
  seen: number;
  hits: number;
}

export function startFaultBoard(seed: number): FaultBoard {
  const chance = seeded(seed);
  let armed: Armed[] = [];
  let nextKey = 1;
  return {
    set: (fault) => {
      const match = fault.match === undefined ? null : new RegExp(fault.match);
      armed.push({ fault, match, key: nextKey, seen: 0, hits: 0 });
      nextKey += 1;
    },
    clear: () => {
      armed = [];
    },
    list: () => armed.map((entry) => entry.fault),
    strike: (kind, request) => {
      const mine = armed.filter((entry) => entry.fault.kind === kind);
      return mine.find((entry) => hits(entry, request, chance.unit))?.fault ?? null;
    },
  };
}

function hits(entry: Armed, request: string, unit: (...keys: readonly number[]) => number): boolean {
  const { fault } = entry;
  if (entry.match !== null && !entry.match.test(request)) {
    return false;
  }
  entry.seen += 1;
  const struck =
    fault.nth === undefined
      ? entry.hits < (fault.times ?? Number.POSITIVE_INFINITY) &&
        unit(entry.key, entry.seen) < (fault.rate ?? 1)
      : entry.seen >= fault.nth && entry.seen < fault.nth + (fault.times ?? 1);
  entry.hits += struck ? 1 : 0;
  return struck;
}
