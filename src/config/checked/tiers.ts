import type { ProgramPolicy } from '../../domain/program/program-policy.js';
import { placesOf } from '../../domain/tier/places.js';
import { type TierPolicy, type TierRules, UNASSIGNED } from '../../domain/tier/tier.js';
import type { Normalised } from '../normalised/normalise.js';
import type { WrittenTiers } from '../normalised/tiers.js';
import type { Reader } from './reader.js';

interface Checking {
  readonly value: WrittenTiers;
  readonly reader: Reader;
  readonly tiers: readonly string[];
  /** Null = config/program.yaml could not be read, which is told there. */
  readonly people: TierPeople | null;
}

/** Who looks after the tiers, as config/program.yaml says it. */
export type TierPeople = Pick<ProgramPolicy, 'staffing' | 'revenuePerPerson'>;

type Rules = NonNullable<WrittenTiers['policy']['thresholds']>;
type Cuts = NonNullable<WrittenTiers['policy']['pareto']>;

function checkLastRule(rules: Rules, reader: Reader): void {
  const path = ['policy', 'thresholds'];
  rules.forEach((rule, index) => {
    const last = index === rules.length - 1;
    const bare = rule.atLeast === undefined && rule.when === undefined;
    if (last && !bare)
      reader.wrong(
        [...path, index],
        'the last rule serves everyone else: it may have neither "atLeast" nor "when"',
      );
    if (!last && bare)
      reader.wrong([...path, index], 'this rule takes everybody, so the rules after it are never reached');
  });
}

/** Lines of rules without a further condition must fall: one above an earlier one is never reached. */
function checkLinesFall(rules: Rules, reader: Reader): void {
  let lowest: number | null = null;
  rules.forEach((rule, index) => {
    if (rule.atLeast === undefined) return;
    if (lowest !== null && rule.atLeast >= lowest) {
      reader.wrong(
        ['policy', 'thresholds', index, 'atLeast'],
        `${rule.atLeast} is not below ${lowest}, so this rule is never reached`,
      );
    }
    if (rule.when === undefined) lowest = rule.atLeast;
  });
}

function thresholds(rules: Rules, { reader, tiers }: Checking): TierPolicy {
  checkLastRule(rules, reader);
  checkLinesFall(rules, reader);
  return {
    kind: 'thresholds',
    rules: rules.map(({ tier, atLeast, when }, index) => {
      const path = ['policy', 'thresholds', index];
      reader.name('tier', tier, tiers, [...path, 'tier']);
      const condition = when === undefined ? null : reader.condition(when, [...path, 'when']).expression;
      return { tier, atLeast: atLeast ?? null, when: condition };
    }),
  };
}

function checkCuts(cuts: Cuts, reader: Reader): void {
  let before = 0;
  cuts.forEach(({ upTo }, index) => {
    const path = ['policy', 'pareto', index];
    const last = index === cuts.length - 1;
    if (last && upTo !== undefined)
      reader.wrong([...path, 'upTo'], 'the last tier takes the rest: it has no "upTo"');
    if (!last && upTo === undefined) reader.wrong(path, 'only the last tier may go without "upTo"');
    if (upTo === undefined) return;
    if (upTo <= before) reader.wrong([...path, 'upTo'], 'the shares must rise from one tier to the next');
    before = upTo;
  });
}

function pareto(cuts: Cuts, { reader, tiers }: Checking): TierPolicy {
  checkCuts(cuts, reader);
  return {
    kind: 'pareto',
    cuts: cuts.map(({ tier, upTo }, index) => {
      reader.name('tier', tier, tiers, ['policy', 'pareto', index, 'tier']);
      return { tier, upToShare: upTo ?? null };
    }),
  };
}

const ANY_REVENUE = { warnBelow: 0, warnAbove: Number.POSITIVE_INFINITY };

function capacity(order: readonly string[], { reader, tiers, people }: Checking): TierPolicy {
  const { warnBelow, warnAbove } = people?.revenuePerPerson ?? ANY_REVENUE;
  const fill = order.map((tier, index) => {
    const path = ['policy', 'capacity', index];
    reader.name('tier', tier, tiers, path);
    if (order.indexOf(tier) < index) reader.wrong(path, `"${tier}" is filled already; name each tier once`);
    if (index === order.length - 1) return { tier, places: null };
    const said = people?.staffing[tier];
    const places = said === undefined ? null : placesOf(said);
    if (places === null && people !== null)
      reader.wrong(
        path,
        `config/program.yaml does not say how many accounts the people of "${tier}" can look after: it needs people, and accounts a person or hours`,
      );
    return { tier, places };
  });
  return { kind: 'capacity', fill, perPerson: { warnBelow, warnAbove } };
}

const POLICY_KINDS = ['thresholds', 'pareto', 'capacity'] as const;

function policyOf(checking: Checking): TierPolicy {
  const { policy } = checking.value;
  const [first, second] = POLICY_KINDS.filter((kind) => policy[kind] !== undefined);
  if (second !== undefined)
    checking.reader.wrong(['policy', second], `${first} and ${second} exclude each other; keep one`);
  if (policy.thresholds) return thresholds(policy.thresholds, checking);
  if (policy.pareto) return pareto(policy.pareto, checking);
  if (policy.capacity) return capacity(policy.capacity, checking);
  checking.reader.wrong(['policy'], 'one of "thresholds", "pareto" and "capacity" is needed');
  return { kind: 'thresholds', rules: [] };
}

function overridesOf({ value, reader, tiers }: Checking): TierRules['overrides'] {
  return Object.entries(value.overrides).map(([id, { label, when, tier }]) => {
    const path = ['overrides', id];
    reader.name('tier', tier, tiers, [...path, 'tier']);
    const condition = reader.condition(when, [...path, 'when']);
    reader.effective(condition, path, `override "${id}" never holds`);
    return { id, label, tier, when: condition.expression };
  });
}

function givenBy(policy: TierPolicy): readonly { readonly tier: string }[] {
  if (policy.kind === 'thresholds') return policy.rules;
  return policy.kind === 'pareto' ? policy.cuts : policy.fill;
}

function noteUnused(
  { value, reader, tiers }: Checking,
  { overrides, policy }: Pick<TierRules, 'overrides' | 'policy'>,
): void {
  const given = [...overrides, ...givenBy(policy)].map(({ tier }) => tier);
  for (const tier of tiers.filter((id) => !given.includes(id))) {
    reader.note(['tiers', tier], `no rule gives the tier "${value.tiers[tier]}"`);
  }
}

/** Checks config/tiers.yaml. */
export function checkTiers(
  { value }: Normalised<WrittenTiers>,
  reader: Reader,
  people: TierPeople | null,
): TierRules {
  const tiers = Object.keys(value.tiers);
  const checking: Checking = { value, reader, tiers, people };
  if (tiers.length === 0) reader.wrong(['tiers'], 'at least one tier is needed');
  if (tiers.includes(UNASSIGNED))
    reader.wrongKey(
      ['tiers', UNASSIGNED],
      `"${UNASSIGNED}" is what accounts without a known measure get; choose another name`,
    );
  if (value.calm.farPast < value.calm.margin)
    reader.wrong(['calm', 'farPast'], '"farPast" must not be below "margin"');
  const measure = reader.number(value.measure, ['measure']);
  reader.effective(measure, ['measure'], 'every account stays unassigned');
  const overrides = overridesOf(checking);
  const policy = policyOf(checking);
  noteUnused(checking, { overrides, policy });
  return {
    tiers: Object.entries(value.tiers).map(([id, label]) => ({ id, label })),
    measure: measure.expression,
    measureLabel: value.measureLabel,
    overrides,
    policy,
    calm: value.calm,
  };
}
