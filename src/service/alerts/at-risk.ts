import type { StateStore } from '../../ports/state-store.js';
import type { StoredResult } from '../../sync/stored-result.js';
import { bandMoves } from './band-moves.js';

/** An account that has just come into the lowest band. */
export interface AccountAtRisk {
  readonly account: string;
  readonly name: string;
  readonly tier: string;
  readonly score: number | null;
  /** The driver that costs most; null where none is known. */
  readonly why: string | null;
}

export interface LookAtRisk {
  readonly accounts: readonly AccountAtRisk[];
  /** Where the next look goes on. */
  readonly position: number;
}

const PAGE = 500;
const RISK = 'risk';

/** Who came into the lowest band after a position of the history, and still stands there. */
export async function newlyAtRisk(
  { assessments }: Pick<StateStore, 'assessments'>,
  after: number,
): Promise<LookAtRisk> {
  const fallen = new Set<string>();
  let position = after;
  for (;;) {
    const page = await assessments.historySince(position, PAGE);
    for (const { account, to } of bandMoves(page.entries)) if (to === RISK) fallen.add(account);
    position = page.position;
    if (page.entries.length < PAGE) break;
  }
  const accounts: AccountAtRisk[] = [];
  for (const account of [...fallen].sort()) {
    const found = await standing(assessments, account);
    if (found !== null) accounts.push(found);
  }
  return { accounts, position };
}

async function standing(
  assessments: StateStore['assessments'],
  account: string,
): Promise<AccountAtRisk | null> {
  const [bundle] = await assessments.bundlesOf([account]);
  const result = (bundle?.assessed?.result ?? null) as StoredResult | null;
  if (bundle === undefined || result === null || result.health.band !== RISK) return null;
  const { name } = bundle.account.values;
  return {
    account,
    name: typeof name === 'string' ? name : account,
    tier: result.tier.tier,
    score: result.health.shownScore,
    why: result.health.pointsLost[0]?.text ?? null,
  };
}
