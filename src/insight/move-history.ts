import type { Facts } from '../domain/facts/fact.js';
import { isNearLine, type MoveLog, moveLog } from '../domain/insight/tiers/moves.js';
import type { TierLine } from '../domain/tier/lines.js';
import type { Run } from '../sync/context.js';

const HISTORY_PAGE = 2_000;

interface KeptEntry {
  readonly record: { readonly inputs: Facts };
  readonly shown: { readonly tier: string; readonly score: number | null };
}

/** What an entry of history holds of an account. */
export function keptIn(entry: unknown): KeptEntry {
  return entry as KeptEntry;
}

/** All moves that history tells of, and how accounts stood by what was known then. */
export async function readMoves({ state, settings }: Run, lines: readonly TierLine[]): Promise<MoveLog> {
  const log = moveLog();
  let position = 0;
  for (;;) {
    const page = await state.assessments.historySince(position, HISTORY_PAGE);
    for (const { account, day, entry } of page.entries) {
      const { record, shown } = keptIn(entry);
      const measure = settings.tiers.measure.evaluate(record.inputs, day);
      const near = measure !== null && lines.some(({ from }) => from !== null && isNearLine(measure, from));
      log.add({ account, day, tier: shown.tier, measure: near ? measure : null });
    }
    if (page.entries.length < HISTORY_PAGE) return log;
    position = page.position;
  }
}
