/** How many accounts before and after. */
export interface BeforeAfter {
  readonly before: number;
  readonly after: number;
}

export interface Standing {
  /** 0-100, or null where too little is known. */
  readonly score: number | null;
  readonly band: string;
  /** The tier that it has, or is about to move to. */
  readonly tier: string;
}

export interface MovedAccount {
  readonly account: string;
  readonly name: string;
  readonly before: Standing;
  readonly after: Standing;
}

/** The difference over the whole book. */
export interface Simulated {
  readonly accounts: {
    readonly read: number;
    readonly scoreChanged: number;
    readonly bandChanged: number;
    readonly tierChanged: number;
  };
  readonly bands: Readonly<Record<string, BeforeAfter>>;
  /** Accounts that go from one band to another: `healthy > watch`. */
  readonly bandMoves: Readonly<Record<string, number>>;
  readonly tiers: Readonly<Record<string, BeforeAfter>>;
  readonly tierMoves: Readonly<Record<string, number>>;
  /** By playbook: accounts for which its condition holds, and steps for people that fall due on the day. */
  readonly playbooks: Readonly<Record<string, { readonly holds: BeforeAfter; readonly due: BeforeAfter }>>;
  /** Those that move most: by band, then by points, then by tier; at most 20. */
  readonly moved: readonly MovedAccount[];
}

interface Seen extends MovedAccount {
  /** Playbook ids, before and after. */
  readonly holds: readonly [readonly string[], readonly string[]];
  readonly due: readonly [readonly string[], readonly string[]];
}

export interface Tally {
  readonly add: (seen: Seen) => void;
  readonly result: () => Simulated;
}

const MOST_MOVED = 20;

/** Counts account by account; what it keeps does not grow with the book. */
export function openTally(): Tally {
  const counts = { read: 0, scoreChanged: 0, bandChanged: 0, tierChanged: 0 };
  const bands = new Map<string, [number, number]>();
  const tiers = new Map<string, [number, number]>();
  const holds = new Map<string, [number, number]>();
  const due = new Map<string, [number, number]>();
  const bandMoves = new Map<string, number>();
  const tierMoves = new Map<string, number>();
  let moved: MovedAccount[] = [];
  return {
    add: (seen) => {
      const { before, after } = seen;
      counts.read += 1;
      raise(bands, [[before.band], [after.band]]);
      raise(tiers, [[before.tier], [after.tier]]);
      raise(holds, seen.holds);
      raise(due, seen.due);
      if (before.score !== after.score) counts.scoreChanged += 1;
      if (before.band !== after.band) {
        counts.bandChanged += 1;
        one(bandMoves, `${before.band} > ${after.band}`);
      }
      if (before.tier !== after.tier) {
        counts.tierChanged += 1;
        one(tierMoves, `${before.tier} > ${after.tier}`);
      }
      if (weightOf(seen) === 0) return;
      moved.push({ account: seen.account, name: seen.name, before, after });
      if (moved.length > MOST_MOVED * 10) moved = most(moved);
    },
    result: () => ({
      accounts: counts,
      bands: pairs(bands),
      bandMoves: Object.fromEntries(bandMoves),
      tiers: pairs(tiers),
      tierMoves: Object.fromEntries(tierMoves),
      playbooks: Object.fromEntries(
        [...new Set([...holds.keys(), ...due.keys()])]
          .sort()
          .map((id) => [id, { holds: pair(holds.get(id)), due: pair(due.get(id)) }]),
      ),
      moved: most(moved),
    }),
  };
}

function most(moved: readonly MovedAccount[]): MovedAccount[] {
  return moved
    .toSorted((a, b) => weightOf(b) - weightOf(a) || (a.account < b.account ? -1 : 1))
    .slice(0, MOST_MOVED);
}

/** A band counts more than any points, these more than a tier. */
function weightOf({ before, after }: MovedAccount): number {
  const points = Math.abs((after.score ?? 0) - (before.score ?? 0));
  return (before.band === after.band ? 0 : 1000) + points + (before.tier === after.tier ? 0 : 0.5);
}

type Two = readonly [readonly string[], readonly string[]];

function raise(counts: Map<string, [number, number]>, names: Two): void {
  for (const [side, some] of names.entries())
    for (const name of some) {
      const [before, after] = counts.get(name) ?? [0, 0];
      counts.set(name, side === 0 ? [before + 1, after] : [before, after + 1]);
    }
}

function one(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function pair([before, after]: readonly [number, number] = [0, 0]): BeforeAfter {
  return { before, after };
}

function pairs(
  counts: ReadonlyMap<string, readonly [number, number]>,
): Readonly<Record<string, BeforeAfter>> {
  return Object.fromEntries([...counts].sort().map(([name, two]) => [name, pair(two)]));
}
