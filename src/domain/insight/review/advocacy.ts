import { spokenDay } from '../../day.js';
import type { Facts } from '../../facts/fact.js';
import { isAdvocate } from '../../program/advocate.js';

/** An account that may speak for us. */
export interface Advocacy {
  /** True = said yes to being a reference, false = said no, null = nobody has asked. */
  readonly willing: boolean | null;
  readonly evidence: readonly string[];
}

/** Null unless the account is healthy, a promoter, and calls us essential. */
export function advocacyOf(
  facts: Facts,
  health: { readonly band: string; readonly score: number | null },
): Advocacy | null {
  if (!isAdvocate(facts, health.band)) return null;
  const [nps, on] = [facts['surveys.npsLatest']?.value, facts['surveys.npsOn']?.value];
  const derived = facts['account.valuePerceptionDerived']?.value === true;
  const willing = facts['account.referenceWilling']?.value ?? null;
  const given = typeof on === 'number' ? `, given on ${spokenDay(on)}` : '';
  return {
    willing: typeof willing === 'boolean' ? willing : null,
    evidence: [
      `Promoter: NPS answer ${String(nps)} of 10${given}`,
      derived ? 'Essential, derived from the NPS answer' : 'Essential, by their own word',
      health.score === null ? 'Healthy' : `Healthy, score ${health.score}`,
      inWords(willing),
    ],
  };
}

function inWords(willing: unknown): string {
  if (willing === true) return 'Willing to be a reference';
  return willing === false ? 'Does not want to be a reference' : 'Not asked yet to be a reference';
}
