import type {
  ListedAccount,
  StandingFilter,
  StandingOrder,
  StandingStore,
  StandingTally,
} from '../../../ports/standing-store.js';
import { byText, kept, type MemoryState, rowsOf } from './state.js';

export function standingStore(state: MemoryState): StandingStore {
  return {
    list: async (filter, { order, offset, limit }) => {
      const found = [...chosen(state, filter)].sort(byText(...ORDERS[order], ({ account }) => account));
      return kept(found.slice(offset, offset + limit));
    },
    count: async (filter) => chosen(state, filter).length,
    names: async (accounts) => {
      const { byId } = rowsOf(state, 'account');
      return new Map(
        accounts.flatMap((id) => (byId.has(id) ? [[id, String(byId.get(id)?.values.name ?? '')]] : [])),
      );
    },
    tally: async () => tally(state),
  };
}

const ORDERS: Readonly<Record<StandingOrder, readonly ((each: ListedAccount) => string | number)[]>> = {
  name: [({ name }) => name.toLowerCase()],
  score: [({ score }) => score ?? 101],
  measure: [({ measure }) => (measure === null ? Number.POSITIVE_INFINITY : -measure)],
  'band-since': [({ bandSince }) => -bandSince],
};

function standing(state: MemoryState): readonly ListedAccount[] {
  return [...rowsOf(state, 'account').byId.values()].flatMap(({ id, values }) => {
    const assessed = state.assessments.get(id);
    if (!assessed?.standing) return [];
    return [
      { account: id, name: String(values.name ?? ''), measure: assessed.measure, ...assessed.standing },
    ];
  });
}

function chosen(state: MemoryState, { search, band, tier, bandSince }: StandingFilter) {
  return standing(state).filter(
    (each) =>
      (band === null || each.band === band) &&
      (tier === null || each.tier === tier) &&
      (bandSince === null || each.bandSince >= bandSince) &&
      (search === null || named(each, search.trim())),
  );
}

function named({ name, account }: ListedAccount, search: string): boolean {
  const key = (text: string): string => text.normalize('NFC').toLowerCase();
  return key(name).includes(key(search)) || (search.length >= 4 && account.startsWith(search));
}

function tally(state: MemoryState): readonly StandingTally[] {
  const groups = Map.groupBy(standing(state), ({ band, tier }) => JSON.stringify([band, tier]));
  const lines = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const scores = group.map(({ score }) => score).filter((score) => score !== null);
    return [
      {
        band: first.band,
        tier: first.tier,
        accounts: group.length,
        scores: scores.reduce((sum, score) => sum + score, 0),
        scored: scores.length,
        coverage: group.reduce((sum, { coverage }) => sum + coverage, 0),
      },
    ];
  });
  return lines.sort(
    byText(
      ({ band }) => band,
      ({ tier }) => tier,
    ),
  );
}
