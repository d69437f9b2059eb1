import { formatDay } from '../domain/day.js';
import type { FactBasis } from '../domain/facts/basis.js';
import { deriveFacts } from '../domain/facts/derive.js';
import { hasLeft } from '../domain/facts/has-left.js';
import { capacityLines, type RankedBook } from '../domain/tier/capacity.js';
import { currentTier } from '../domain/tier/current.js';
import { paretoLines, quarterOf } from '../domain/tier/lines.js';
import type { TierId, TierLines } from '../domain/tier/tier.js';
import { fixedTier } from '../domain/tier/wish.js';
import type { AccountBundle } from '../ports/state-store.js';
import { baseOf, heldBy } from './before.js';
import { PAGE, type Run } from './context.js';
import { everyKind } from './every-kind.js';

const LINES = 'tier-lines';

interface KeptLines {
  /** Changes when the policy or the measure does: lines are drawn anew then. */
  readonly shape: string;
  readonly lines: TierLines;
}

/** JSON knows no infinity: the line of a tier that nobody fits into is kept as a word. */
const NOBODY = 'nobody';

function toNote({ shape, lines }: KeptLines) {
  const kept = lines.lines.map(({ tier, from }) => ({
    tier,
    from: from === Number.POSITIVE_INFINITY ? NOBODY : from,
  }));
  return { shape, lines: { ...lines, lines: kept } };
}

function fromNote({ shape, lines }: ReturnType<typeof toNote>): KeptLines {
  const drawn = lines.lines.map(({ tier, from }) => ({
    tier,
    from: typeof from === 'string' ? Number.POSITIVE_INFINITY : from,
  }));
  return { shape, lines: { ...lines, lines: drawn } };
}

/** Lines of this quarter over the whole book: drawn once, then frozen. Null where the policy draws none. */
export async function frozenLines(run: Run, basis: FactBasis): Promise<TierLines | null> {
  const { policy, measure } = run.settings.tiers;
  if (policy.kind === 'thresholds') return null;
  const quarter = quarterOf(formatDay(run.today));
  const shape = run.digest.content(JSON.stringify([policy, measure.source]));
  const kept = await keptLines(run);
  if (kept?.shape === shape && kept.lines.quarter === quarter) return kept.lines;
  const lines = await drawLines(run, basis, quarter);
  await run.state.notes.set(LINES, toNote({ shape, lines }));
  return lines;
}

/** What was odd about the lines that hold, for the report. */
export async function lineRemarks(run: Run): Promise<readonly string[]> {
  return run.settings.tiers.policy.kind === 'capacity' ? ((await keptLines(run))?.lines.remarks ?? []) : [];
}

async function keptLines({ state }: Run): Promise<KeptLines | null> {
  const note = (await state.notes.get(LINES)) as ReturnType<typeof toNote> | null;
  return note === null ? null : fromNote(note);
}

async function drawLines(run: Run, basis: FactBasis, quarter: string): Promise<TierLines> {
  const { policy, tiers, measureLabel } = run.settings.tiers;
  const book = await rankedBook(run, basis, policy.kind === 'capacity');
  if (policy.kind === 'capacity')
    return capacityLines(policy, book, { quarter, words: { tiers, measureLabel } });
  if (policy.kind === 'pareto') return paretoLines(policy, book.measures, quarter);
  return { quarter, lines: [], remarks: [] };
}

/** The measure of every customer, highest first; eight bytes each. Who left takes no place. `apart`: without those that a lock or an override holds. */
async function rankedBook(run: Run, basis: FactBasis, apart: boolean): Promise<RankedBook> {
  const measures = new Float64Array(await run.state.rows.count('account'));
  const fixed = new Map<TierId, { readonly accounts: number; readonly measure: number }>();
  let known = 0;
  const pages = run.state.assessments.bundles({ which: 'all', day: run.today, after: null }, PAGE);
  for await (const page of pages) {
    for (const bundle of page) {
      const { measure, tier, left } = placeOf(run, basis, bundle);
      if (left) continue;
      if (apart && tier !== null) {
        const { accounts, measure: sum } = fixed.get(tier) ?? { accounts: 0, measure: 0 };
        fixed.set(tier, { accounts: accounts + 1, measure: sum + Math.max(0, measure ?? 0) });
      } else if (measure !== null) measures[known++] = measure;
    }
  }
  return { measures: measures.subarray(0, known).sort().reverse(), fixed };
}

/** What an account brings along, the tier that holds it whatever the lines are, and whether it left. */
function placeOf(run: Run, basis: FactBasis, { account, rows, assessed }: AccountBundle) {
  const { tiers: rules, crm } = run.settings;
  const { today } = run;
  const facts = deriveFacts({ account, rows: everyKind(rows, run) }, basis);
  const held = heldBy(account, crm);
  const current = currentTier(held, baseOf(assessed, today)?.tier ?? null, { rules, today });
  const tier = fixedTier({ facts, rules, frozen: null, current, locked: held.locked, today });
  return { measure: rules.measure.evaluate(facts, today), tier, left: hasLeft(facts, today) };
}
