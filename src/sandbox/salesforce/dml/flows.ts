import type { FlowRule, Row, Value } from '../schema/types.js';

/** A record-triggered flow that runs before a changed record is saved, as a switch describes it. */
export function flowOf(written: Readonly<Record<string, unknown>>): FlowRule {
  return {
    name: String(written.name ?? 'Flow'),
    on: typeof written.on === 'string' ? written.on : null,
    set: String(written.set),
    valueFor: (row) => valueFor(written, row),
  };
}

function valueFor(written: Readonly<Record<string, unknown>>, row: Row): Value {
  const now = row[String(written.set)] ?? null;
  if (typeof written.copy === 'string') return row[written.copy] ?? null;
  if (typeof written.plus === 'number') return typeof now === 'number' ? now + written.plus : now;
  if (typeof written.append === 'string') return `${now ?? ''}${written.append}`;
  const { value } = written;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** The row as its object's flows leave it. A flow without `on` runs at every update. */
export function afterFlows(flows: readonly FlowRule[], row: Row, before: Row | null): Row {
  if (before === null) return row;
  let changed = row;
  for (const { on, set, valueFor } of flows)
    if (on === null || row[on] !== before[on]) changed = { ...changed, [set]: valueFor(changed) };
  return changed;
}
