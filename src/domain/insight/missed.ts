import type { Day } from '../day.js';
import type { FactValue } from '../facts/fact.js';
import { aucOf } from './auc.js';
import type { Candidate, Example, Outcomes } from './example.js';
import { type Estimate, widthFor, Z95 } from './intervals.js';
import { casesOf } from './ranking.js';
import { bestSingle, learnRisk } from './single-reading.js';

/** A reading that stood worse than that of most who stayed, and that the score does not read, or hardly. */
export interface MissedReading {
  readonly id: string;
  readonly label: string;
  readonly value: FactValue;
  /** Share (0-1) of those who stayed, as far as they are known, who stood better. */
  readonly worseThan: number;
}

/** An account that was lost although it was shown as healthy. */
export interface LostAccount {
  readonly account: string;
  readonly name: string;
  readonly cut: Day;
  /** In the org's currency; null = unknown. */
  readonly amount: number | null;
  readonly score: number | null;
  readonly missed: readonly MissedReading[];
}

const MOST_LISTED = 20;
const MOST_MISSED = 3;
/** A reading is worth naming where more than this share of those who stayed stood better. */
const HALF = 0.5;

/** Who was lost while healthy, the largest amounts first, with what stood in a bad place that the score makes little of. */
export function lostWhileHealthy(
  outcomes: Outcomes,
  little: ReadonlySet<string>,
): { readonly all: number; readonly listed: readonly LostAccount[] } {
  const lost = outcomes.examples.filter(({ band, lost }) => lost && band === 'healthy');
  if (lost.length === 0) return { all: 0, listed: [] };
  const tellers = tellersOf(outcomes, little);
  const listed = lost
    .toSorted((a, b) => (b.amount ?? -1) - (a.amount ?? -1) || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_LISTED)
    .map((example) => lostAccount(example, tellers));
  return { all: lost.length, listed };
}

/** A candidate that tells something by itself, on accounts that it was not turned by: a text with many kinds fits any noise. */
interface Teller {
  readonly candidate: Candidate;
  readonly place: number;
  readonly riskOf: (value: FactValue) => number;
  /** Risks of those who stayed, in rising order. */
  readonly stayed: readonly number[];
}

function tellersOf({ candidates, examples }: Outcomes, little: ReadonlySet<string>): readonly Teller[] {
  const events = examples.map(({ lost }) => lost);
  const cases = casesOf(examples);
  const tried = candidates.flatMap((candidate, place) => {
    if (!little.has(candidate.id)) return [];
    const values = examples.map(({ readings }) => readings[place] ?? null);
    const riskOf = learnRisk(values, events);
    if (riskOf === null) return [];
    const area = aucOf(bestSingle([{ id: candidate.id, values }], cases).chances, cases);
    if (area === null) return [];
    const stayed = values
      .map(riskOf)
      .filter((_, at) => events[at] === false && values[at] !== null)
      .sort((a, b) => a - b);
    return [{ area, candidate, place, riskOf, stayed }];
  });
  return tried.filter(({ area }) => tells(area, tried.length));
}

/** Whether an area is more than chance where so many are tried: of forty that tell nothing one would else be named. */
function tells({ value, low }: Estimate, tried: number): boolean {
  return value - (value - low) * (widthFor(tried) / Z95) > 0.5;
}

function lostAccount(example: Example, tellers: readonly Teller[]): LostAccount {
  const { account, name, cut, amount, score } = example;
  const missed = tellers
    .flatMap(({ candidate: { id, label }, place, riskOf, stayed }) => {
      const value = example.readings[place] ?? null;
      if (value === null || stayed.length === 0) return [];
      const risk = riskOf(value);
      const worseThan = stayed.filter((one) => one < risk).length / stayed.length;
      return worseThan > HALF ? [{ id, label, value, worseThan }] : [];
    })
    .toSorted((a, b) => b.worseThan - a.worseThan || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_MISSED);
  return { account, name, cut, amount, score, missed };
}
