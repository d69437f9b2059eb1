import { flagFact, moneyFact, numberFact } from '../define.js';
import type { FactDefinition } from '../fact.js';

/** What is owed and what failed. */
export const PAYMENT_FACTS = {
  'payments.daysOverdue': numberFact(['days the oldest invoice is overdue', 'days'], ['account.daysOverdue']),
  'payments.amountOverdue': moneyFact('amount overdue', ['account.amountOverdue']),
  'payments.failed': numberFact(['failed payments', 'payments'], ['account.failedPayments']),
  'payments.creditHold': flagFact('credit hold', ['account.creditHold']),
} as const satisfies Record<string, FactDefinition>;
