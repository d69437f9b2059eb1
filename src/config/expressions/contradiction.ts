import { both, type Claim, type Claims, type Constant, NO_CLAIMS } from './claims.js';

function allows(claim: Claim, value: Constant): boolean {
  switch (claim.is) {
    case '==':
      return value === claim.value;
    case '!=':
      return value !== claim.value;
    case '<':
      return value < claim.value;
    case '<=':
      return value <= claim.value;
    case '>':
      return value > claim.value;
    case '>=':
      return value >= claim.value;
    case 'in':
      return claim.values.includes(value);
    case 'not in':
      return !claim.values.includes(value);
    default:
      return claim.is === 'known';
  }
}

/** Values that a claim lets through one by one; null when it is an interval or no limit. */
function listed(claim: Claim): readonly Constant[] | null {
  if (claim.is === 'in') return claim.values;
  return claim.is === '==' ? [claim.value] : null;
}

interface Bound {
  readonly value: Constant;
  /** Whether the bound itself is let through. */
  readonly itself: boolean;
}

function bounds(
  claims: readonly Claim[],
  [open, closed]: readonly ['<' | '>', '<=' | '>='],
): readonly Bound[] {
  return claims.flatMap((claim) =>
    claim.is === open || claim.is === closed ? [{ value: claim.value, itself: claim.is === closed }] : [],
  );
}

function intervalIsEmpty(claims: readonly Claim[]): boolean {
  const [floors, limits] = [bounds(claims, ['>', '>=']), bounds(claims, ['<', '<='])];
  return floors.some((floor) =>
    limits.some((limit) =>
      floor.itself && limit.itself ? floor.value > limit.value : floor.value >= limit.value,
    ),
  );
}

/** Whether one term can be all of this at once. */
function canBe(claims: readonly Claim[]): boolean {
  if (claims.some(({ is }) => is === 'unknown')) return claims.every(({ is }) => is === 'unknown');
  const candidates = claims.map(listed).find((values) => values !== null);
  if (candidates) return candidates.some((value) => claims.every((claim) => allows(claim, value)));
  return !intervalIsEmpty(claims);
}

function spoken(claim: Claim): string {
  switch (claim.is) {
    case 'known':
      return `has(${claim.of})`;
    case 'unknown':
      return `!has(${claim.of})`;
    case 'in':
      return `${claim.of} in ${JSON.stringify(claim.values)}`;
    case 'not in':
      return `!(${claim.of} in ${JSON.stringify(claim.values)})`;
    default:
      if (typeof claim.value === 'boolean') return `${claim.value ? '' : '!'}${claim.of}`;
      return `${claim.of} ${claim.is} ${JSON.stringify(claim.value)}`;
  }
}

function clash(claims: readonly Claim[]): string | null {
  for (const together of Map.groupBy(claims, ({ of }) => of).values()) {
    if (canBe(together)) continue;
    const two = together.flatMap((a, at) => together.slice(at + 1).map((b) => [a, b]));
    return (two.find((pairOf) => !canBe(pairOf)) ?? together).map(spoken).join(' and ');
  }
  return null;
}

/**
 * The comparisons with constants that can never be true together, in words; null when all of these
 * conditions may hold on one day.
 */
export function contradictionIn(...conditions: readonly Claims[]): string | null {
  const ways = conditions.reduce(both, NO_CLAIMS);
  const clashes = ways.map(clash);
  return clashes.every((found) => found !== null) ? (clashes[0] ?? null) : null;
}

/** True when a condition can hold only while the fact has this value. */
export function requires(claims: Claims, of: string, value: Constant): boolean {
  return claims.every((way) =>
    way.some((claim) => claim.is === '==' && claim.of === of && claim.value === value),
  );
}
