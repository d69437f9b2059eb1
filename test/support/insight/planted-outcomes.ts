import type { Curve, ModelSignal } from '../../../src/domain/health/model.js';
import type { Candidate, Example, Outcomes } from '../../../src/domain/insight/example.js';
import { randomFrom } from './random.js';

/** A book whose renewals depend on some of its signals, by a law that the test knows. */
export interface PlantedLaw {
  readonly signals: number;
  /** Log odds of staying that a signal at 100 adds to one at 0; those left out have no effect. */
  readonly effects: readonly number[];
  readonly intercept: number;
}

export interface PlantedBook {
  readonly outcomes: Outcomes;
  /** Today's score of each example: all signals weigh the same. */
  readonly today: readonly number[];
  /** Chance (0-1) with which each was lost. */
  readonly chances: readonly number[];
}

export function plantedBook(law: PlantedLaw, size: number, seed: number): PlantedBook {
  const random = randomFrom(seed);
  const chances: number[] = [];
  const today: number[] = [];
  const examples = Array.from({ length: size }, (_, at): Example => {
    const scores = Array.from({ length: law.signals }, () => Math.floor(random() * 10_001));
    const odds = scores.reduce(
      (sum, score, place) => sum + ((law.effects[place] ?? 0) * score) / 10_000,
      law.intercept,
    );
    const lostWith = 1 / (1 + Math.exp(odds));
    const mean = Math.round(scores.reduce((sum, score) => sum + score, 0) / scores.length);
    chances.push(lostWith);
    today.push(mean);
    return {
      ...EXAMPLE,
      account: `${seed}-${at}`,
      lost: random() < lostWith,
      score: mean,
      scores,
      readings: scores,
    };
  });
  return { outcomes: { candidates: candidatesOf(law.signals), examples }, today, chances };
}

const EXAMPLE: Example = {
  account: '',
  name: '',
  cut: 0,
  lost: false,
  amount: null,
  segment: 'All',
  tier: 'digital',
  source: 'rebuilt',
  model: 'ongoing',
  score: null,
  band: 'watch',
  cap: null,
  revenue: null,
  existing: null,
  readings: [],
  scores: [],
};

function candidatesOf(count: number): readonly Candidate[] {
  return Array.from({ length: count }, (_, at) => {
    const id = `signal${at}`;
    const value = { source: id, facts: [id], evaluate: () => null };
    const curve: Curve = { shape: 'linear', from: 0, to: 10_000 };
    const signal: ModelSignal = {
      id,
      label: id,
      unit: null,
      weight: 10,
      value,
      curves: [{ when: null, curve }],
      freshFor: null,
      text: null,
    };
    return { id, label: id, dimension: at % 2 === 0 ? 'adoption' : 'support', value, signal, inModel: true };
  });
}

/** The area under the curve that a score has where each case is lost with a known chance: no draw, so next to no noise. */
export function expectedAuc(risks: readonly number[], chances: readonly number[]): number {
  const ranked = [...risks.keys()].sort((a, b) => (risks[a] ?? 0) - (risks[b] ?? 0));
  let [keptBelow, won, lost, kept] = [0, 0, 0, 0];
  for (let from = 0; from < ranked.length; ) {
    let to = from;
    while (to < ranked.length && risks[ranked[to] ?? 0] === risks[ranked[from] ?? 0]) to += 1;
    const tied = ranked.slice(from, to).map((at) => chances[at] ?? 0);
    const tiedLost = tied.reduce((sum, chance) => sum + chance, 0);
    const tiedKept = tied.length - tiedLost;
    won += tiedLost * (keptBelow + tiedKept / 2);
    [keptBelow, lost, kept] = [keptBelow + tiedKept, lost + tiedLost, kept + tiedKept];
    from = to;
  }
  return won / (lost * kept);
}
