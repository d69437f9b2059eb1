import type { TierPolicy } from '../../tier/tier.js';
import type { TierCut } from './cuts.js';
import { PARETO_SHARES } from './draw-cuts.js';

/**
 * The lines of `policy` in config/tiers.yaml that a cut stands for: `-` goes, `+` comes, others stay. Empty where
 * nothing would change, and for the cut that is there already.
 */
export function tiersChange(cut: TierCut, policy: TierPolicy): readonly string[] {
  if (cut.id === 'today') return [];
  const [before, after] = [writtenPolicy(policy), writtenCut(cut)];
  const gone = before.filter((line) => !after.includes(line));
  const come = after.filter((line) => !before.includes(line));
  if (gone.length + come.length === 0) return [];
  const same = before[0] === after[0] ? [` ${before[0]}`] : [];
  const rest = before.slice(1).filter((line) => after.includes(line));
  return [
    ' policy:',
    ...same,
    ...gone.map((line) => `-${line}`),
    ...come.map((line) => `+${line}`),
    ...rest.map((line) => ` ${line}`),
  ];
}

function writtenPolicy(policy: TierPolicy): readonly string[] {
  switch (policy.kind) {
    case 'capacity':
      return capacityOf(policy.fill);
    case 'pareto':
      return paretoOf(policy.cuts);
    default:
      return [
        '  thresholds:',
        ...policy.rules.map(({ tier, atLeast, when }) =>
          entry(tier, [
            ...(atLeast === null ? [] : [`atLeast: ${atLeast}`]),
            ...(when === null ? [] : [`when: ${when.source}`]),
          ]),
        ),
      ];
  }
}

/** Breaks are thresholds; the other two are policies of their own, drawn anew each quarter. */
function writtenCut({ id, lines }: TierCut): readonly string[] {
  if (id === 'capacity') return capacityOf(lines);
  if (id === 'pareto')
    return paretoOf(
      lines.map(({ tier }, at) => {
        return { tier, upToShare: at === lines.length - 1 ? null : (PARETO_SHARES[at] ?? null) };
      }),
    );
  return [
    '  thresholds:',
    ...lines.map(({ tier, from }) => entry(tier, from === null ? [] : [`atLeast: ${from}`])),
  ];
}

function capacityOf(fill: readonly { readonly tier: string }[]): readonly string[] {
  return [`  capacity: [${fill.map(({ tier }) => tier).join(', ')}]`];
}

function paretoOf(
  cuts: readonly { readonly tier: string; readonly upToShare: number | null }[],
): readonly string[] {
  return [
    '  pareto:',
    ...cuts.map(({ tier, upToShare }) =>
      entry(tier, upToShare === null ? [] : [`upTo: ${Math.round(upToShare * 100)} %`]),
    ),
  ];
}

function entry(tier: string, parts: readonly string[]): string {
  return `    - { ${[`tier: ${tier}`, ...parts].join(', ')} }`;
}
