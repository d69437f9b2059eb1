import type { AccountAtRisk } from './at-risk.js';

/** Accounts by tier, up to so many of each by name; the rest are counted. */
export function accountLines(accounts: readonly AccountAtRisk[], names: number): readonly string[] {
  const tiers = [...new Set(accounts.map(({ tier }) => tier))].sort();
  return tiers.flatMap((tier) => {
    const own = accounts.filter((one) => one.tier === tier);
    const named = own.slice(0, names).map((one) => `${tier}: ${inWords(one)}`);
    const more = own.length - named.length;
    return more > 0 ? [...named, `${tier}: and ${more} more`] : named;
  });
}

function inWords({ name, score, why }: AccountAtRisk): string {
  const reached = score === null ? '' : `, score ${score}`;
  return `${oneLine(name)}${reached}${why === null ? '' : ` (${oneLine(why)})`}`;
}

/** A name may hold anything; in a message it is one line. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 200);
}
