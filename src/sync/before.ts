import type { AccountState, HeldByCrm } from '../domain/assess-account.js';
import { parseDay } from '../domain/day.js';
import type { CrmMapping, WrittenField } from '../ports/mapping.js';
import type { StoredAssessment, StoredRow } from '../ports/state-store.js';

/** The state from before today: assessing a day again starts from where it started the first time. */
export function baseOf(assessed: StoredAssessment | null, today: number): AccountState | null {
  if (assessed === null) return null;
  return (assessed.day < today ? assessed.state : assessed.base) as AccountState | null;
}

/** What the record itself holds of ours. */
export function heldBy(account: StoredRow, crm: CrmMapping): HeldByCrm {
  const value = (fact: WrittenField): unknown => {
    const rule = crm.write.find((candidate) => candidate.fact === fact);
    return rule === undefined ? null : (account.held?.[rule.field] ?? null);
  };
  const text = (fact: WrittenField): string | null => {
    const found = value(fact);
    return typeof found === 'string' && found !== '' ? found : null;
  };
  const lock = crm.tierLockField === null ? null : (account.held?.[crm.tierLockField] ?? null);
  return {
    tier: text('tier'),
    tierSince: parseDay(text('tierSince') ?? ''),
    band: text('band'),
    bandSince: parseDay(text('bandSince') ?? ''),
    locked: typeof lock === 'boolean' ? lock : null,
  };
}
