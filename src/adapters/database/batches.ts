/** Statements stay below the fewest parameters that a supported database takes (32,766). */
const MOST_PARAMETERS = 30_000;

/** The items in pieces that one statement can carry at `width` parameters an item. */
export function* batches<T>(items: readonly T[], width: number): Generator<readonly T[]> {
  const size = Math.min(2_000, Math.floor(MOST_PARAMETERS / width));
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/** The last item of each key: one statement may not touch a row twice. */
export function lastOfEach<T>(items: readonly T[], key: (item: T) => string | number): readonly T[] {
  const last = new Map(items.map((item) => [key(item), item]));
  return last.size === items.length ? items : [...last.values()];
}

/** Items that name a key again come in a later turn: one statement may not touch a row twice, and none of them is passed over. */
export function inTurns<T>(items: readonly T[], key: (item: T) => string): readonly (readonly T[])[] {
  const met = new Map<string, number>();
  const turns: T[][] = [];
  for (const item of items) {
    const turn = met.get(key(item)) ?? 0;
    met.set(key(item), turn + 1);
    const same = turns[turn];
    if (same === undefined) turns[turn] = [item];
    else same.push(item);
  }
  return turns;
}

/** Pages by keyset: each page is a statement of its own, so that others may write between pages. */
export async function* pagesOf<T extends Place, Place = T>(
  read: (last: Place | null) => Promise<readonly T[]>,
  pageSize: number,
  after: Place | null = null,
): AsyncGenerator<readonly T[]> {
  let last = after;
  for (;;) {
    const page: readonly T[] = await read(last);
    if (page.length > 0) yield page;
    last = page.at(-1) ?? null;
    if (last === null || page.length < pageSize) return;
  }
}

/** All that a statement finds for any of the values, each asked for once. */
export async function gathered<T>(
  values: readonly string[],
  read: (batch: readonly string[]) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const found: T[] = [];
  for (const batch of batches([...new Set(values)], 1)) found.push(...(await read(batch)));
  return found;
}
