/**
 * Runs the rows in their order, a few at a time: one after the other, the answer times and not the vendor's limit
 * would set the pace. The first error stops what has not begun, and is thrown when the rest has ended.
 */
export async function inLanes<T>(
  lanes: number,
  rows: readonly T[],
  run: (row: T) => Promise<void>,
): Promise<void> {
  const waiting = rows.values();
  const failures: unknown[] = [];
  const lane = async (): Promise<void> => {
    for (const row of waiting) {
      if (failures.length > 0) return;
      await run(row).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (failures.length > 0) throw failures[0];
}
