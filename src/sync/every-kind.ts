import { OBSERVED_KINDS } from '../domain/facts/record.js';
import { SENT_KINDS } from '../ports/sent-rows.js';
import type { AccountBundle } from '../ports/state-store.js';
import type { Run } from './context.js';

/** A kind that is mapped, sent or observed but has no rows for an account is empty; one that is nothing of these is absent. */
export function everyKind(rows: AccountBundle['rows'], run: Run): AccountBundle['rows'] {
  const { objects, sentUsage } = run.settings.crm;
  const mapped = objects.map(({ kind }) => kind).filter((kind) => kind !== 'account');
  const sent = sentUsage.length > 0 ? SENT_KINDS : [];
  const kinds = [...mapped, ...sent, ...OBSERVED_KINDS];
  return Object.fromEntries(kinds.map((kind) => [kind, rows[kind] ?? []]));
}
