import { editYaml, type YamlEdit } from '../../config/drafts/edit-yaml.js';
import type { Draft } from './draft.js';
import { twoDigits } from './two-digits.js';

/** Fewer purchases in the sample than these say nothing of what a usual one is. */
const ENOUGH = 30;
/** What tells of use by itself; an org that has any of it is not scored by purchases. */
const USE = ['arr', 'activeUsers', 'featuresUsed'];

/**
 * config/health.yaml for this org. Where nothing tells how the product is used and customers buy again and again,
 * buying is the use: its score rests on how lately, how often and for how much they bought. The onboarding model
 * goes, since nothing of it could be known.
 */
export function healthText(shipped: string, draft: Draft): string {
  return isPurchaseBook(draft) ? editYaml(shipped, purchaseEdits(draft.purchases)) : shipped;
}

function isPurchaseBook({ objects, purchases }: Draft): boolean {
  const account = objects.find(({ kind }) => kind === 'account');
  const tellsUse = account?.attributes.some(({ attribute }) => USE.includes(attribute)) ?? false;
  return !tellsUse && objects.every(({ kind }) => kind !== 'usage') && purchases.length >= ENOUGH;
}

/** In the shipped file: the onboarding model first, then the one for everybody. */
function purchaseEdits(purchases: readonly number[]): readonly YamlEdit[] {
  const dimensions = ['models', 1, 'dimensions'] as const;
  const remark = 'nothing tells how the product is used, so buying is taken for use';
  return [
    {
      path: [...dimensions, 'adoption'],
      value: {
        label: 'Buying',
        weight: 35,
        signals: {
          lastPurchase: { weight: 10, curve: { linear: { from: 180, to: 0 } } },
          purchases: 10,
          purchaseAmount: { weight: 10, curve: { piecewise: amountPoints(purchases) } },
        },
      },
      remark,
    },
    { path: [...dimensions, 'commercial', 'signals', 'lastPurchase'], value: undefined, remark: null },
    { path: ['models', 0], value: undefined, remark: null },
  ];
}

/** From half of a usual purchase (worth 0) to twelve of them (worth 100), evenly in orders of magnitude. */
function amountPoints(purchases: readonly number[]): readonly (readonly [number, number])[] {
  const sorted = [...purchases].sort((a, b) => a - b);
  const usual = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const steps = [0.5, 1, 2, 4, 12];
  return steps.map((times, at) => [twoDigits(usual * times), (100 / (steps.length - 1)) * at] as const);
}
