import { OBSERVED_KINDS } from '../domain/facts/record.js';
import type { AccountBundle } from '../ports/state-store.js';
import type { Run } from './context.js';

/** A kind that is mapped or observed but has no rows for an account is empty; one that is not mapped is absent. */
export function everyKind(rows: AccountBundle['rows'], run: Run): AccountBundle['rows'] {
  const mapped = run.settings.crm.objects.map(({ kind }) => kind).filter((kind) => kind !== 'account');
  const kinds = [...mapped, ...OBSERVED_KINDS];
  return Object.fromEntries(kinds.map((kind) => [kind, rows[kind] ?? []]));
}
