import type { FactBasis } from '../facts/basis.js';
import { FACTS, isDerivable } from '../facts/catalogue.js';
import type { FactDefinition } from '../facts/fact.js';
import type { Standing } from './as-of.js';

/** In which standings a row matters to a fact; all of them where it is not named. */
type Scope = 'open' | 'closed' | 'recent';

const MATTERS: Readonly<Record<Scope, readonly Standing[]>> = {
  open: ['open', 'any'],
  closed: ['closed', 'any'],
  recent: ['open', 'closed', 'any'],
};

const RECENT = ['cases.reopened90', 'cases.trainingCaused90', 'cases.productCaused90', 'cases.expansionHint'];
const OPEN = [
  'opportunities.nextRenewalOn',
  'opportunities.nextRenewalStage',
  'opportunities.inNegotiation',
  'account.renewalOn',
  'account.daysToRenewal',
  'cases.escalatedOpen',
  'cases.oldestOpenOn',
  'cases.oldestCriticalOn',
  'cases.withoutFirstResponse',
];
const CLOSED = [
  'account.customerSince',
  'account.tenureDays',
  'account.revenue12m',
  'account.lifetimeRevenue',
  'cases.csatMean90',
];

function scopeOf(fact: string): Scope | null {
  if (OPEN.includes(fact) || /^(opportunities|cases)\.open(?!ed)/.test(fact)) return 'open';
  if (CLOSED.includes(fact) || fact.startsWith('opportunities.')) return 'closed';
  return RECENT.includes(fact) ? 'recent' : null;
}

/** What a fact reads beside what it needs. */
const ALSO_READ: Readonly<Record<string, string>> = {
  'requests.open': 'request.resolved',
  'requests.unanswered': 'request.resolved',
};

/** Attributes (`kind.attribute`) that were written over, by where the rows stood. */
export type LostBy = ReadonlyMap<Standing, ReadonlySet<string>>;

/** What a score must predict and never read. */
export function isOutcome(id: string): boolean {
  return DEFINITIONS[id]?.outcome === true;
}

const DEFINITIONS: Readonly<Record<string, FactDefinition>> = FACTS;

/** A fact that counts over rows can't be known where one of them has lost what it would be counted by. */
export function withoutLost(basis: FactBasis, lost: LostBy): FactBasis {
  if (lost.size === 0) return basis;
  const without = (standings: readonly Standing[] | null): ReadonlySet<string> => {
    const gone = new Set(
      [...lost].flatMap(([at, names]) => (standings === null || standings.includes(at) ? [...names] : [])),
    );
    return new Set([...basis.mapped].filter((name) => !gone.has(name)));
  };
  const all = without(null);
  const by: Readonly<Record<Scope, ReadonlySet<string>>> = {
    open: without(MATTERS.open),
    closed: without(MATTERS.closed),
    recent: without(MATTERS.recent),
  };
  const derivable = [...basis.derivable].filter((id) => {
    const scope = scopeOf(id);
    const mapped = scope === null ? all : by[scope];
    const definition = DEFINITIONS[id];
    const also = ALSO_READ[id];
    const told = also === undefined || !basis.mapped.has(also) || mapped.has(also);
    return told && definition !== undefined && isDerivable(definition, mapped);
  });
  const account = [...basis.mapped].filter((name) => !name.startsWith('account.') || all.has(name));
  return { ...basis, mapped: new Set(account), derivable: new Set(derivable) };
}
