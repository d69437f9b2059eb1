import type { AccountStanding } from '../../../ports/standing-store.js';
import type {
  KnownContact,
  LedgerEntry,
  StoredAssessment,
  StoredEpisode,
  StoredRow,
} from '../../../ports/state-store.js';
import type {
  AssessmentDocumentTable,
  AssessmentTable,
  ContactTable,
  EpisodeTable,
  LedgerTable,
  RowTable,
} from './schema.js';

/** An absent value is kept as null, as JSON knows no other nothing. */
export function toJson(value: unknown): string {
  return JSON.stringify(value) ?? 'null';
}

/**
 * How `find` compares account names: without regard to case or to how accents were typed. PostgreSQL keeps
 * no NUL in a text.
 */
export function nameKey(name: unknown): string | null {
  return typeof name === 'string' ? name.replaceAll('\0', '').trim().normalize('NFC').toLowerCase() : null;
}

export function rowOf(stored: Pick<RowTable, 'id' | 'account_id' | 'stamp' | 'doc' | 'held'>): StoredRow {
  return {
    id: stored.id,
    accountId: stored.account_id === '' ? null : stored.account_id,
    stamp: stored.stamp,
    values: JSON.parse(stored.doc),
    held: stored.held === null ? null : JSON.parse(stored.held),
  };
}

export function assessmentOf(stored: AssessmentTable & AssessmentDocumentTable): StoredAssessment {
  return {
    account: stored.account,
    day: stored.day,
    state: JSON.parse(stored.state),
    base: JSON.parse(stored.base),
    dueOn: stored.due_on,
    result: JSON.parse(stored.result),
    measure: stored.measure,
    standing: standingOf(stored),
  };
}

function standingOf(
  stored: Pick<AssessmentTable, 'score' | 'band' | 'band_since' | 'tier' | 'tier_since' | 'coverage'>,
): AccountStanding | null {
  const { score, band, tier } = stored;
  if (band === null || tier === null) return null;
  return {
    score,
    band,
    bandSince: stored.band_since ?? 0,
    tier,
    tierSince: stored.tier_since ?? 0,
    coverage: stored.coverage ?? 0,
  };
}

export function assessmentRow({ account, day, dueOn, measure, standing }: StoredAssessment): AssessmentTable {
  return {
    account,
    day,
    due_on: dueOn,
    measure,
    score: standing?.score ?? null,
    band: standing?.band ?? null,
    band_since: standing?.bandSince ?? null,
    tier: standing?.tier ?? null,
    tier_since: standing?.tierSince ?? null,
    coverage: standing?.coverage ?? null,
  };
}

export function documentRow({ account, state, base, result }: StoredAssessment): AssessmentDocumentTable {
  return { account, state: toJson(state), base: toJson(base), result: toJson(result) };
}

export function ledgerRow(entry: LedgerEntry): LedgerTable {
  const { recordId, touchDays, busyUntil, tryOn, leftOn, leftBy, ...same } = entry;
  return {
    ...same,
    record_id: recordId,
    touch_days: toJson(touchDays),
    busy_until: busyUntil,
    try_on: tryOn,
    left_on: leftOn,
    left_by: leftBy,
    told: 0,
  };
}

export function ledgerEntryOf(row: LedgerTable): LedgerEntry {
  const { record_id, touch_days, busy_until, try_on, left_on, left_by, told: _, ...same } = row;
  return {
    ...same,
    recordId: record_id,
    touchDays: JSON.parse(touch_days),
    busyUntil: busy_until,
    tryOn: try_on,
    leftOn: left_on,
    leftBy: left_by,
  };
}

export function episodeRow(episode: StoredEpisode): EpisodeTable {
  const { id, account, playbook, edge, seenOn } = episode;
  const running = episode.ended === null && episode.refused === null ? 1 : 0;
  return { id, account, playbook, edge, seen_on: seenOn, running, doc: toJson(episode) };
}

export function contactRow(known: KnownContact): ContactTable {
  const { contact, account, person, optedOut, bounced } = known;
  return { contact, account, person, opted_out: optedOut ? 1 : 0, bounced: bounced ? 1 : 0, living: 1 };
}

export function contactOf({ contact, account, person, opted_out, bounced }: ContactTable): KnownContact {
  return { contact, account, person, optedOut: opted_out === 1, bounced: bounced === 1 };
}

/** True when two JSON texts of flat objects say the same, whatever the order of their keys. */
export function sameContent(a: string | null, b: string | null): boolean {
  return a === b || (a !== null && b !== null && inKeyOrder(a) === inKeyOrder(b));
}

function inKeyOrder(json: string): string {
  const value: Readonly<Record<string, unknown>> = JSON.parse(json);
  return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
