/** Where nodes lead to in one step. */
export type Steps = ReadonlyMap<string, readonly string[]>;

/** All steps on the way from these nodes on, read level by level; a circle ends where it has been before. */
export async function stepsFrom(
  roots: readonly string[],
  read: (nodes: readonly string[]) => Promise<Steps>,
): Promise<Steps> {
  const all = new Map<string, readonly string[]>();
  let level: readonly string[] = [...new Set(roots)];
  while (level.length > 0) {
    const found = await read(level);
    for (const node of level) all.set(node, found.get(node) ?? []);
    level = [...new Set([...found.values()].flat())].filter((node) => !all.has(node));
  }
  return all;
}

/** Every node that a root leads to, itself not counted. */
export function reached(root: string, steps: Steps): ReadonlySet<string> {
  const met = new Set([root]);
  for (const node of met) for (const next of steps.get(node) ?? []) met.add(next);
  met.delete(root);
  return met;
}

/** Pairs of node and next node, by node. */
export function stepsOf(pairs: readonly (readonly [string, string])[]): Steps {
  const groups = Map.groupBy(pairs, ([from]) => from);
  return new Map([...groups].map(([from, together]) => [from, together.map(([, to]) => to)]));
}
