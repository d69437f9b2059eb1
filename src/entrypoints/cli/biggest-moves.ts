import type { WrittenValue } from '../../domain/settle/written.js';
import type { WriteMapping, WrittenField } from '../../ports/mapping.js';
import type { StateStore } from '../../ports/state-store.js';
import { PAGE } from '../../sync/context.js';
import type { FieldsDetail } from '../../sync/field-item.js';
import type { StoredResult } from '../../sync/stored-result.js';

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

interface Sized {
  readonly account: string;
  readonly size: number;
  /** What the record holds now. */
  readonly held: WrittenValue;
}

/** The accounts whose score moves furthest in this plan, with what moves it, and the bands that accounts come into. */
export async function biggestMoves(
  state: StateStore,
  run: string,
  mapping: readonly WriteMapping[],
): Promise<{ readonly moves: readonly Move[]; readonly bands: readonly BandCount[] }> {
  const [score, band] = [fieldFor('score', mapping), fieldFor('band', mapping)];
  let top: readonly Sized[] = [];
  const bands = new Map<string, number>();
  for (const status of STATUSES) {
    for await (const page of state.plan.items(run, { kind: 'field', status }, PAGE)) {
      const details = page.map(({ account, detail }) => ({ account, detail: detail as FieldsDetail }));
      for (const { detail } of details) countBand(bands, detail, band);
      top = [...top, ...details.map(({ account, detail }) => sized(account, detail, score))]
        .filter(({ size }) => size > 0)
        .sort((a, b) => b.size - a.size || (a.account < b.account ? -1 : 1))
        .slice(0, SHOWN);
    }
  }
  const moves: Move[] = [];
  for (const move of top) moves.push(...(await moveOf(state, move)));
  const counted = [...bands].map(([name, accounts]) => ({ band: name, accounts }));
  return { moves, bands: counted.sort((a, b) => b.accounts - a.accounts) };
}

function fieldFor(fact: WrittenField, mapping: readonly WriteMapping[]): string | null {
  return mapping.find((rule) => rule.fact === fact)?.field ?? null;
}

function countBand(bands: Map<string, number>, { differences }: FieldsDetail, field: string | null): void {
  const change = differences.find((found) => found.field === field);
  if (change !== undefined) bands.set(String(change.value), (bands.get(String(change.value)) ?? 0) + 1);
}

/** How far the score moves; a first score is no move. */
function sized(account: string, { differences }: FieldsDetail, field: string | null): Sized {
  const change = differences.find((found) => found.field === field);
  const known = typeof change?.expected === 'number' && typeof change.value === 'number';
  const size = known ? Math.abs(Number(change.value) - Number(change.expected)) : 0;
  return { account, size, held: change?.expected ?? null };
}

async function moveOf(state: StateStore, { account, held }: Sized): Promise<readonly Move[]> {
  const bundle = await state.assessments.bundle(account);
  const result = bundle?.assessed?.result as StoredResult | undefined;
  if (!bundle || !result) return [];
  const { health } = result;
  return [
    {
      account,
      name: String(bundle.account.values.name ?? account),
      from: String(held),
      to: `${health.shownScore} (${health.band})`,
      reasons: reasonsOf(health),
    },
  ];
}

/** What the last change was made of where it is this one; else what costs the most points now. */
function reasonsOf({ transition, pointsLost, shownScore }: StoredResult['health']): readonly string[] {
  if (transition !== null && transition.toScore === shownScore) {
    return [...transition.lines]
      .filter(({ shown }) => shown !== 0)
      .sort((a, b) => Math.abs(b.shown) - Math.abs(a.shown))
      .slice(0, 3)
      .map(({ label, shown }) => `${shown > 0 ? '+' : ''}${shown} ${label}`);
  }
  return pointsLost
    .filter(({ shown }) => shown > 0)
    .slice(0, 3)
    .map(({ shown, text }) => `-${shown} ${text}`);
}
