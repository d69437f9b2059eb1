import type { CrmRow } from '../../../facts/record.js';
import { categoryOf, textOf } from '../../../facts/row-values.js';
import { CASE_NUMBERS, type CaseNumber, casesOf90 } from '../rules/support.js';
import { NOT_SAID, type Split, type SplitNumber } from './split.js';

const AT_MOST = 8;
const PRIORITIES = ['critical', 'high', 'medium', 'low', NOT_SAID];

const LABELS: Readonly<Record<CaseNumber['id'], string>> = {
  'cases-opened': 'Opened',
  'cases-resolved': 'Resolved',
  'resolution-time': 'Time to resolution',
  'cases-satisfied': 'Satisfied',
};

interface Cut {
  readonly id: 'priority' | 'product';
  readonly by: string;
  readonly of: (row: CrmRow) => string | null;
  readonly order: readonly string[] | null;
}

/** Cases of 90 days, each under its own group. */
function numberBy({ id: cut, of }: Cut, one: CaseNumber): SplitNumber {
  const { id, shape, scale, atLeast, needs, count } = one;
  return {
    ...{ metric: `${id}-by-${cut}`, label: LABELS[id], shape, scale, atLeast },
    needs: [...needs, `case.${cut}`],
    read: (subject, { facts: { today, dayOf } }) => {
      const cases = casesOf90(subject, one, { asOf: today, dayOf });
      return [...Map.groupBy(cases, (row) => of(row) ?? NOT_SAID)].flatMap(([group, own]) => {
        const counted = count(own);
        return counted === null ? [] : [[group, counted] as const];
      });
    },
  };
}

function splitBy(cut: Cut): Split {
  const { id, by, order } = cut;
  const numbers = CASE_NUMBERS.map((one) => numberBy(cut, one));
  const title = `Support by ${by.toLowerCase()}`;
  return { id: `support-by-${id}`, title, by, numbers, order, atMost: AT_MOST };
}

/** What support was asked and how soon it was solved, by priority and by product. */
export const SUPPORT_SPLITS: readonly Split[] = [
  splitBy({
    id: 'priority',
    by: 'Priority',
    of: (row) => categoryOf(row, 'priority'),
    order: PRIORITIES,
  }),
  splitBy({ id: 'product', by: 'Product', of: (row) => textOf(row, 'product'), order: null }),
];
