import type { Org } from '../org.js';
import { type ApiRecord, isoTime, numberOf, type Value } from '../store/record.js';
import type { Rows } from '../store/rows.js';

export type Changes = Readonly<Record<string, Value>>;

/** Writes some attributes of a record and when that was; null when the record is gone. */
export function amend(
  rows: Rows,
  id: number | null | undefined,
  changes: Changes,
  at: number,
): ApiRecord | null {
  const record = id === null || id === undefined ? null : rows.byId(id);
  if (record === null) return null;
  const attributes = { ...record.attributes, ...changes, updatedAt: isoTime(at) };
  return rows.write({ ...record, attributes });
}

/** Adds one to a count of the sequence state and of its sequence. */
export function countUp(org: Org, state: ApiRecord, name: string, at: number): void {
  for (const [rows, id] of [
    [org.states, state.id],
    [org.sequences, state.related.sequence],
  ] as const) {
    const record = id === null || id === undefined ? null : rows.byId(id);
    if (record !== null) amend(rows, record.id, { [name]: numberOf(record, name) + 1 }, at);
  }
}

/** The state moves on, if it is another one. */
export function moveState(
  org: Org,
  stateId: number,
  state: string,
  more: { at: number; changes?: Changes },
): void {
  const record = org.states.byId(stateId);
  if (record === null) return;
  const moved = record.attributes.state === state ? {} : { state, stateChangedAt: isoTime(more.at) };
  amend(org.states, stateId, { ...more.changes, ...moved }, more.at);
}
