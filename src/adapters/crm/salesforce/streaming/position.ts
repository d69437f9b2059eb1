/** Up to which replay id each object was told. Replay ids grow, and each channel has its own. */
export type Position = ReadonlyMap<string, number>;

export function writePosition(position: Position): string {
  return JSON.stringify(Object.fromEntries([...position].sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** What is no position of ours is none: following begins from now. */
export function readPosition(text: string | null): Position {
  const parsed = text === null ? null : jsonOf(text);
  if (typeof parsed !== 'object' || parsed === null) return new Map();
  return new Map(
    Object.entries(parsed).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
