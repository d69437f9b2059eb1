import type { StateStore } from '../../ports/state-store.js';
import type { FieldsDetail, StoredResult } from '../../sync/assess.js';
import { PAGE } from '../../sync/context.js';

export interface Move {
  readonly account: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly reasons: readonly string[];
}

export interface BandCount {
  readonly band: string;
  readonly accounts: number;
}

const SHOWN = 5;
const STATUSES = ['planned', 'done', 'rejected', 'unclear'] as const;

/** The accounts whose score moves furthest in this plan, with what moved it, and the bands that the plan writes. */
export async function biggestMoves(
  state: StateStore,
  run: string,
): Promise<{ readonly moves: readonly Move[]; readonly bands: readonly BandCount[] }> {
  let top: readonly { readonly account: string; readonly size: number }[] = [];
  const bands = new Map<string, number>();
  for (const status of STATUSES) {
    for await (const page of state.plan.items(run, { kind: 'field', status }, PAGE)) {
      for (const { detail } of page) countBand(bands, detail as FieldsDetail);
      const sized = page.map((item) => ({
        account: item.account,
        size: sizeOf(item.detail as FieldsDetail),
      }));
      top = [...top, ...sized]
        .sort((a, b) => b.size - a.size || (a.account < b.account ? -1 : 1))
        .slice(0, SHOWN);
    }
  }
  const moves: Move[] = [];
  for (const { account, size } of top) if (size > 0) moves.push(...(await moveOf(state, account)));
  return {
    moves,
    bands: [...bands].map(([band, accounts]) => ({ band, accounts })).sort((a, b) => b.accounts - a.accounts),
  };
}

/** Fields are the customer's to name; band and score are recognised by what they hold. */
function countBand(bands: Map<string, number>, { differences }: FieldsDetail): void {
  const change = differences.find(({ value }) =>
    ['healthy', 'watch', 'risk', 'unknown'].includes(String(value)),
  );
  if (change !== undefined) bands.set(String(change.value), (bands.get(String(change.value)) ?? 0) + 1);
}

/** How far the score moves; a first score is no move. */
function sizeOf({ differences }: FieldsDetail): number {
  const numbers = differences.filter(
    ({ expected, value }) => typeof expected === 'number' && typeof value === 'number',
  );
  return Math.max(0, ...numbers.map(({ expected, value }) => Math.abs(Number(value) - Number(expected))));
}

async function moveOf(state: StateStore, account: string): Promise<readonly Move[]> {
  const bundle = await state.assessments.bundle(account);
  const result = bundle?.assessed?.result as StoredResult | undefined;
  const transition = result?.health.transition;
  if (!bundle || !transition) return [];
  const reasons = transition.lines
    .filter(({ shown }) => shown !== 0)
    .sort((a, b) => Math.abs(b.shown) - Math.abs(a.shown))
    .slice(0, 3)
    .map(({ label, shown }) => `${shown > 0 ? '+' : ''}${shown} ${label}`);
  const words = (score: number | null, band: string | null): string =>
    `${score ?? 'no score'} (${band ?? 'new'})`;
  return [
    {
      account,
      name: String(bundle.account.values.name ?? account),
      from: words(transition.fromScore, transition.fromBand),
      to: words(transition.toScore, transition.toBand),
      reasons,
    },
  ];
}
