import type { ApiUsage } from '../../../ports/crm.js';
import { salesforceError } from './errors.js';

export interface BudgetLimits {
  /** Part of the org's daily requests that is ours: 0.25. */
  readonly share: number;
  /** Part of the org's daily requests, everybody's together, above which we stop: 0.8. */
  readonly ceiling: number;
  /** Requests that earlier runs sent within the last 24 hours. */
  readonly spentBefore: number;
}

/** What a request is for, as `usage` counts it. */
export type CallKind =
  | 'token'
  | 'describe'
  | 'query'
  | 'collections'
  | 'bulk-query'
  | 'bulk-results'
  | 'bulk-ingest'
  | 'metadata'
  | 'poll';

export interface Budget {
  /** Throws `SF_BUDGET_SPENT` when one more request would be beyond what the admin granted. */
  readonly admit: (operation: string) => void;
  readonly count: (kind: CallKind) => void;
  /** Takes in `Sforce-Limit-Info` of an answer. */
  readonly heard: (headers: Headers) => void;
  readonly usage: () => ApiUsage;
}

export function createBudget(limits: BudgetLimits): Budget {
  const calls = new Map<CallKind, number>();
  let org: { used: number; allowed: number } | null = null;
  const ours = (): number =>
    [...calls].reduce((sum, [kind, count]) => (kind === 'token' ? sum : sum + count), limits.spentBefore);
  return {
    admit(operation) {
      if (org === null) return;
      if (org.used >= org.allowed * limits.ceiling) throw orgSpent(operation, org, limits.ceiling);
      if (ours() >= org.allowed * limits.share) throw shareSpent(operation, org, limits.share);
    },
    count: (kind) => void calls.set(kind, (calls.get(kind) ?? 0) + 1),
    heard(headers) {
      const match = /api-usage=(\d+)\/(\d+)/.exec(headers.get('sforce-limit-info') ?? '');
      if (match) org = { used: Number(match[1]), allowed: Number(match[2]) };
    },
    usage: () => ({ org, calls: Object.fromEntries(calls) }),
  };
}

function orgSpent(operation: string, org: { used: number; allowed: number }, ceiling: number) {
  const percent = Math.round(ceiling * 100);
  return salesforceError('SF_BUDGET_SPENT', {
    operation,
    message: `The org has used ${org.used} of its ${org.allowed} daily API requests, and we stop at ${percent} %.`,
  });
}

function shareSpent(operation: string, org: { used: number; allowed: number }, share: number) {
  const percent = Math.round(share * 100);
  return salesforceError('SF_BUDGET_SPENT', {
    operation,
    message: `Truenorth has used its ${percent} % of the org's ${org.allowed} daily API requests.`,
  });
}
