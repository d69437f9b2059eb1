import type { CallBudget, CallLimits, OrgUsage, Spending } from '../../../ports/call-budget.js';
import type { ApiUsage } from '../../../ports/crm.js';
import { salesforceError } from './errors.js';

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
  /** Takes one request. Throws `SF_BUDGET_SPENT` when it would be beyond what the admin granted. */
  readonly admit: (operation: string) => Promise<void>;
  readonly count: (kind: CallKind) => void;
  /** Takes in `Sforce-Limit-Info` of an answer. */
  readonly heard: (headers: Headers) => void;
  readonly usage: () => ApiUsage;
}

/** Requests of this adapter by kind, and what all of us together may still send. */
export function createBudget(shared: CallBudget, limits: CallLimits): Budget {
  const calls = new Map<CallKind, number>();
  let org: OrgUsage | null = null;
  let untold: OrgUsage | null = null;
  return {
    async admit(operation) {
      const told = untold;
      untold = null;
      if (await shared.take(1, told)) return;
      throw await spentError(operation, shared, limits);
    },
    count: (kind) => void calls.set(kind, (calls.get(kind) ?? 0) + 1),
    heard(headers) {
      const match = /api-usage=(\d+)\/(\d+)/.exec(headers.get('sforce-limit-info') ?? '');
      if (match) org = { used: Number(match[1]), max: Number(match[2]) };
      if (match) untold = org;
    },
    usage: () => ({
      org: org === null ? null : { used: org.used, allowed: org.max },
      calls: Object.fromEntries(calls),
    }),
  };
}

/** What all workers together spend of our share; null before the org told how many calls it has. */
export async function spendingOf(shared: CallBudget, { share }: CallLimits): Promise<Spending | null> {
  const heard = await shared.heard();
  return heard === null ? null : { spent: await shared.spent(), ours: Math.floor(heard.max * share) };
}

async function spentError(operation: string, shared: CallBudget, { share, ceiling }: CallLimits) {
  const { used, max } = (await shared.heard()) ?? { used: 0, max: 0 };
  const ours = (await shared.spent()) + 1 > max * share;
  return ours ? shareSpent(operation, max, share) : orgSpent(operation, { used, max }, ceiling);
}

function orgSpent(operation: string, org: OrgUsage, ceiling: number) {
  const percent = Math.round(ceiling * 100);
  return salesforceError('SF_BUDGET_SPENT', {
    operation,
    message: `The org has used ${org.used} of its ${org.max} daily API requests, and we stop at ${percent} %.`,
  });
}

function shareSpent(operation: string, max: number, share: number) {
  const percent = Math.round(share * 100);
  return salesforceError('SF_BUDGET_SPENT', {
    operation,
    message: `Truenorth has used its ${percent} % of the org's ${max} daily API requests.`,
  });
}
