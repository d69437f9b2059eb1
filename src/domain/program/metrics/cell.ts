import type { Period } from './period.js';
import type { CountedRule } from './rule.js';
import type { Tally } from './tally.js';

/** A group of accounts; `All` where it is not split. */
export interface Group {
  readonly tier: string;
  readonly segment: string;
  readonly band: string;
}

/** One number of one period for one group. */
export interface Cell {
  readonly rule: CountedRule;
  readonly period: Period;
  readonly group: Group;
  readonly tally: Tally;
}
