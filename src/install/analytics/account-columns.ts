import type { WrittenField } from '../../domain/settle/written.js';
import type { CrmMapping } from '../../ports/mapping.js';
import { churnedField } from '../model/account-pages.js';

/** The account in reports: its object, and which of its fields hold what of ours. */
export interface AccountColumns {
  readonly object: string;
  /** Fields of ours that a report can show, in the order in which an admin would read them. */
  readonly fields: readonly string[];
  /** `Account$Truenorth_Band__c`, or null where the mapping has no such field. */
  readonly column: (fact: WrittenField) => string | null;
  /** `Account$Name`. */
  readonly name: string;
  /** The customer's own field that holds a fact, where it stands on the account itself. */
  readonly own: (fact: OwnFact) => string | null;
  /** The customer's own checkbox that says who has left, or null. */
  readonly churned: string | null;
}

/** What of the customer's own fields our reports show beside ours. */
type OwnFact = 'arr' | 'renewalOn';
const OWN: readonly OwnFact[] = ['arr', 'renewalOn'];

/** Fields on the way to a report: a long text can be shown on the record only. */
const TOO_LONG: readonly WrittenField[] = ['driversDetail'];

export function accountColumns(mapping: CrmMapping): AccountColumns {
  const accounts = mapping.objects.find(({ kind }) => kind === 'account');
  const object = accounts?.object ?? 'Account';
  const direct = (accounts?.attributes ?? []).filter(({ field }) => !field.includes('.'));
  const ownField = (fact: OwnFact) => direct.find(({ attribute }) => attribute === fact)?.field ?? null;
  const own = OWN.flatMap((fact) => ownField(fact) ?? []);
  const churned = churnedField(direct);
  const shown = mapping.write.filter(({ fact }) => !TOO_LONG.includes(fact));
  const byFact = new Map(shown.map(({ fact, field }) => [fact, `${object}$${field}`]));
  return {
    object,
    fields: [
      ...new Set([...shown.map(({ field }) => field), ...own, ...(churned === null ? [] : [churned])]),
    ],
    column: (fact) => byFact.get(fact) ?? null,
    name: `${object}$Name`,
    own: (fact) => {
      const field = ownField(fact);
      return field === null ? null : `${object}$${field}`;
    },
    churned: churned === null ? null : `${object}$${churned}`,
  };
}
