import type { Figure, FigureTable } from '../../../src/domain/insight/figure.js';
import type { ProgramReport } from '../../../src/insight/program-report.js';

const TIERS = ['All tiers', 'high-touch', 'hybrid', 'digital', 'community'];
const QUARTERS = ['2025-Q3', '2025-Q4', '2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4'];

function figure(value: number | null, unit: Figure['unit'], given: Partial<Figure> = {}): Figure {
  const definition = `A number in ${unit} that is counted over the customers of the period, one plain sentence of usual length.`;
  return {
    ...{
      value,
      unit,
      low: null,
      high: null,
      n: 1_234,
      few: false,
      period: '2026-Q4',
      span: given.period ?? '12 months to 27 Nov 2026',
      definition,
      target: null,
      direction: null,
      met: null,
    },
    ...given,
  };
}

type Unit = Figure['unit'];

function table(
  id: string,
  of: {
    readonly rows: readonly string[];
    readonly columns: readonly (readonly [string, Unit])[];
    readonly chart?: FigureTable['chart'];
  },
): FigureTable {
  const rows = of.rows.map((label, row) => ({
    id: label,
    label,
    cells: of.columns.map(([name, unit], column): Figure | null => {
      const definition = `What ${name} tells: what was counted over the customers of the period, in one plain sentence.`;
      if ((row + column) % 7 === 6) return figure(null, unit, { n: 12, definition });
      const value = unit === 'money' ? 1_234_567.5 : 12.3 + row + (id === 'b' ? 90 : 0);
      const shares = unit === 'percent' || unit === 'points' ? { low: value - 4, high: value + 5 } : {};
      return figure(value, unit, { ...shares, definition, period: of.chart === 'lines' ? label : '2026-Q4' });
    }),
  }));
  const columns = of.columns.map(([label]) => ({ id: label, label }));
  return {
    id,
    title: `The table of ${id}`,
    rowHead: 'Row',
    columns,
    rows,
    chart: of.chart ?? null,
    remarks: ['Something is not mapped: map it in 2 minutes.'],
  };
}

const EIGHT = [
  'No lost renewal on record',
  'Missing feature',
  'Reason not given',
  'Price',
  'Acquired',
  'Budget cut',
  'Service',
  'Other',
];
const SIX = [
  'Manufacturing',
  'Professional services',
  'Healthcare and life science',
  'Retail',
  'Unknown',
  'Other',
];

/** Everything that a report can hold, with five tiers and long names. */
export function fullReport(): ProgramReport {
  const churn = (id: string) =>
    table(id, {
      rows: ['reason', 'industry', 'source'].includes(id) ? EIGHT : SIX.slice(0, 5),
      columns: [
        ['Customers', 'count'],
        ['Churn', 'percent'],
      ],
      chart: 'bars',
    });
  const lines = (id: string) =>
    table(id, { rows: QUARTERS, columns: TIERS.map((tier) => [tier, 'percent'] as const), chart: 'lines' });
  const tiers = (id: string, columns: readonly (readonly [string, Unit])[]) =>
    table(id, { rows: TIERS, columns });
  const support: readonly (readonly [string, Unit])[] = [
    ['Opened', 'count'],
    ['Resolved', 'count'],
    ['Time to resolution', 'hours'],
    ['Satisfied', 'percent'],
  ];
  const lift: readonly (readonly [string, Unit])[] = [
    ['Treated', 'percent'],
    ['Held out', 'percent'],
    ['Difference', 'points'],
  ];
  return {
    basedOn: { run: 'r1', day: '2026-11-27' },
    org: { name: 'A Company With a Name', currency: 'EUR' },
    asOf: '2026-11-27',
    headlines: [
      'Accounts',
      'Recurring revenue',
      'Mean health score',
      'Engagement',
      'Gross revenue retention',
      'Net revenue retention',
      'Churn',
      'Return on cost',
    ].map((label, index) => ({
      id: label,
      label,
      figure: figure(index === 1 ? 98_765_432 : 71.5, index === 1 ? 'money' : 'percent', {
        target: 75,
        direction: index === 6 ? 'at most' : 'at least',
        met: index % 2 === 0 ? 'met' : 'not met',
      }),
    })),
    sections: [
      {
        id: 's1',
        title: 'Whom the program serves',
        tables: [
          tiers('coverage', [
            ['Accounts', 'count'],
            ['Recurring revenue', 'money'],
            ['Accounts with a score', 'percent'],
            ['Accounts with a reachable person', 'percent'],
          ]),
        ],
      },
      {
        id: 's2',
        title: 'Who answers',
        tables: [
          tiers('engagement', [
            ['Engagement', 'percent'],
            ['Content consumption', 'count'],
            ['Reply rate', 'percent'],
          ]),
          table('answers', {
            rows: ['Playbooks', 'General marketing'],
            columns: [
              ['Opened', 'percent'],
              ['Clicked', 'percent'],
              ['Answered', 'percent'],
            ],
          }),
        ],
      },
      {
        id: 's3',
        title: 'Who stays and who grows',
        tables: [
          ...['a', 'b', 'c', 'd'].map(lines),
          tiers('leading', [
            ['Mean health score', 'points'],
            ['Onboarding completed in 30 days', 'percent'],
            ['Time to first value', 'days'],
            ['Customer satisfaction', 'percent'],
            ['Net promoter score', 'points'],
          ]),
        ],
      },
      {
        id: 's4',
        title: 'Who left, and why',
        tables: ['reason', 'industry', 'size', 'source', 'tenure'].map(churn),
      },
      {
        id: 's5',
        title: 'What support was asked',
        tables: [
          table('priority', { rows: SIX.slice(0, 5), columns: support }),
          table('product', { rows: EIGHT, columns: support }),
          tiers('tier', support),
        ],
      },
      {
        id: 's6',
        title: 'What it costs',
        tables: [
          tiers('cost', [
            ['Cost', 'money'],
            ['Cost per account', 'money'],
            ['Revenue per person', 'money'],
          ]),
          tiers('time', [
            ['Hours logged', 'hours'],
            ['Hours per account', 'hours'],
            ['Hours planned per account', 'hours'],
            ['Cost of that time', 'money'],
          ]),
        ],
      },
      {
        id: 's7',
        title: 'What it brings',
        tables: [
          tiers('worth', [
            ['Break-even lift', 'points'],
            ['Measured lift', 'points'],
            ['Return on cost', 'percent'],
          ]),
          table('lift', {
            rows: [...SIX, 'Mean of these that can be told'],
            columns: lift,
            chart: 'intervals',
          }),
        ],
      },
    ],
    metrics: [],
  };
}
