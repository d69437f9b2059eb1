import type { Day } from '../../domain/day.js';
import type { StateStore } from '../../ports/state-store.js';
import type { StoredResult } from '../../sync/stored-result.js';
import { type BandMove, bandMoves } from './band-moves.js';

/** An account that has just come into the lowest band. */
export interface AccountAtRisk {
  readonly account: string;
  readonly name: string;
  readonly tier: string;
  readonly score: number | null;
  /** The driver that costs most; null where none is known. */
  readonly why: string | null;
}

export interface MovesSince {
  readonly moves: readonly BandMove[];
  /** Where the next look goes on. */
  readonly position: number;
}

type Assessments = Pick<StateStore['assessments'], 'historySince' | 'bundlesOf'>;

const PAGE = 500;
const RISK = 'risk';

/** Moves between bands that the history tells after a position, those before a day left out. */
export async function movesSince(
  assessments: Assessments,
  after: number,
  from: Day = 0,
): Promise<MovesSince> {
  const moves: BandMove[] = [];
  let position = after;
  for (;;) {
    const page = await assessments.historySince(position, PAGE);
    moves.push(...bandMoves(page.entries).filter(({ day }) => day >= from));
    position = page.position;
    if (page.entries.length < PAGE) return { moves, position };
  }
}

/** Of these moves, the accounts that came into the lowest band and still stand there, by account id. */
export async function standingAtRisk(
  assessments: Assessments,
  moves: readonly BandMove[],
): Promise<readonly AccountAtRisk[]> {
  const fallen = [...new Set(moves.filter(({ to }) => to === RISK).map(({ account }) => account))].sort();
  const found: AccountAtRisk[] = [];
  for (const account of fallen) {
    const one = await standing(assessments, account);
    if (one !== null) found.push(one);
  }
  return found;
}

async function standing(assessments: Assessments, account: string): Promise<AccountAtRisk | null> {
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
