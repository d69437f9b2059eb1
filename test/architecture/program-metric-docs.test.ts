import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { DEFAULT_TARGETS } from '../../src/domain/program/default-targets.js';
import { METRIC_IDS, METRICS, type MetricId, metricOf } from '../../src/domain/program/metric-ids.js';
import { needsOf } from '../../src/domain/program/metrics/left-out.js';
import { METRIC_RULES } from '../../src/domain/program/metrics/rules/index.js';
import { CRM_RECORDS } from '../../src/ports/crm-records.js';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/program-metrics.md'), 'utf8');

interface Row {
  readonly id: string;
  readonly label: string;
  readonly definition: string;
  readonly unit: string;
  readonly target: string;
  readonly told: string;
  readonly needs: string;
}

/** Rows of the list, as `` | **label** `id` | what | unit | target | told | needs | ``. */
function rowsOf(page: string): readonly Row[] {
  return page.split('\n').flatMap((line) => {
    const [, name = '', definition = '', unit = '', target = '', told = '', needs = ''] = line
      .split('|')
      .map((cell) => cell.trim());
    const found = /^(.+) `([a-z0-9-]+)`$/.exec(name);
    if (found === null) return [];
    return [{ id: found[2] ?? '', label: found[1] ?? '', definition, unit, target, told, needs }];
  });
}

function spokenTarget(id: MetricId): string {
  const target = DEFAULT_TARGETS[id];
  if (target === undefined) return '';
  const sign = target.kind === 'change' && target.target > 0 ? '+' : '';
  const change = target.kind === 'change' ? ' % of the baseline' : '';
  return `${target.direction} ${sign}${target.target}${change}, ${target.months} months`;
}

const TOLD = { dates: 'also when over', today: 'while it runs', ahead: 'four quarters' } as const;
const FROM_CONFIG: readonly string[] = [
  'cost',
  'cost-per-account',
  'revenue-per-person',
  'break-even-lift',
  'return',
];

const SAID: Readonly<Partial<Record<MetricId, string>>> = {
  'hours-sampled': '`timeSample`',
  'hours-sampled-per-account': '`timeSample`',
  'hours-planned-per-account': '`activities` of a tier',
  'time-cost-per-account': '`costs` of a tier',
};

function spokenNeeds(id: MetricId): string {
  if (FROM_CONFIG.includes(id)) return '`costs` of a tier';
  if (id === 'measured-lift') return 'a hold-out';
  const said = SAID[id];
  if (said !== undefined) return said;
  const needs = needsOf(id) ?? [];
  return needs.length === 0 ? 'nothing more' : needs.map((name) => `\`${name}\``).join(', ');
}

const rows = rowsOf(PAGE);

describe('docs/program-metrics.md', () => {
  it('has one row for every number and no other, in the same order', () => {
    expect(rows.map(({ id }) => id)).toEqual(METRIC_IDS);
  });

  it.each(METRICS)('says of $id what the records say', ({ id, label, definition, unit }) => {
    const rule = METRIC_RULES.find((one) => one.metric === id);
    const told = id === 'renewals-expected-loss' ? TOLD.ahead : TOLD[rule?.restsOn ?? 'today'];
    expect(rows.find((row) => row.id === id)).toEqual({
      ...{ id, label, definition, unit, told },
      target: spokenTarget(id),
      needs: spokenNeeds(id),
    });
  });

  it('asks the object that the records are written to', () => {
    expect(PAGE).toContain(`FROM ${CRM_RECORDS.metric.object}`);
    for (const field of [
      'label',
      'value',
      'target',
      'met',
      'current',
      'period',
      'tier',
      'segment',
      'band',
    ] as const)
      expect(PAGE).toContain(CRM_RECORDS.metric.fields[field]);
  });
});

describe('the definitions', () => {
  it.each(METRICS)('of $id fits the record', ({ id, definition }) => {
    expect(definition.length).toBeLessThanOrEqual(255);
    expect(definition).toMatch(/^[A-Z].*[^.]\.$/);
    expect(metricOf(id).definition).toBe(definition);
  });
});
