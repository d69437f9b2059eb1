import type { Derived, FactBasis } from '../book.js';
import { dayFact, flagFact, moneyFact, numberFact } from '../define.js';
import type { FactDefinition } from '../fact.js';
import { inOrgCurrency } from '../money.js';
import type { CrmRow } from '../record.js';
import { flagOf, numberOf, textOf } from '../row-values.js';

/** What is owed and what failed. */
export const PAYMENT_FACTS = {
  'payments.daysOverdue': numberFact(['days the oldest invoice is overdue', 'days'], ['account.daysOverdue']),
  'payments.overdueSince': dayFact('oldest unpaid invoice due', ['account.daysOverdue']),
  'payments.amountOverdue': moneyFact('amount overdue', ['account.amountOverdue']),
  'payments.failed': numberFact(['failed payments', 'payments'], ['account.failedPayments']),
  'payments.creditHold': flagFact('credit hold', ['account.creditHold']),
} as const satisfies Record<string, FactDefinition>;

/** What the account row says of payments, as of today. */
export function derivePayments(account: CrmRow, basis: FactBasis): Derived<keyof typeof PAYMENT_FACTS> {
  const days = numberOf(account, 'daysOverdue');
  const owed = { amount: numberOf(account, 'amountOverdue'), currency: textOf(account, 'currency') };
  return {
    values: {
      'payments.daysOverdue': days,
      'payments.overdueSince': days === null || days <= 0 ? null : basis.today - days,
      'payments.amountOverdue': inOrgCurrency(owed, basis.rates, null),
      'payments.failed': numberOf(account, 'failedPayments'),
      'payments.creditHold': flagOf(account, 'creditHold'),
    },
  };
}
