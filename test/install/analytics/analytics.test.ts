import { describe, expect, it } from '@jest/globals';
import { METRICS, metricOf } from '../../../src/domain/program/metric-ids.js';
import { analytics } from '../../../src/install/analytics/index.js';
import { CRM_RECORDS } from '../../../src/ports/crm-records.js';
import type { Filter, Report } from '../../../src/ports/org-model.js';
import { MAPPING, MODEL } from '../../support/analytics/our-org.js';

const METRIC = `${CRM_RECORDS.metric.object}$`;
const at = (field: keyof typeof CRM_RECORDS.metric.fields) => `${METRIC}${CRM_RECORDS.metric.fields[field]}`;
const filterOn = ({ filters }: Report, column: string): Filter | undefined =>
  filters.find(({ field }) => field === column);
const metricsOf = (report: Report): readonly string[] =>
  filterOn(report, at('metric'))?.value.split(',') ?? [];
const groupsOf = ({ down, across }: Report): readonly string[] =>
  [...down, ...across].map(({ field }) => field);

const onMetrics = MODEL.reports.filter(({ type }) => type === 'Truenorth_Program_Metrics');

describe('analytics', () => {
  const ELEVEN = [
    'Engagement',
    'Content consumption',
    'Churn',
    'Retention',
    'Onboarding completion',
    'Time to first value',
    'CSAT',
    'NPS',
    'Time to resolution',
    'Upsell and cross-sell',
    'Health',
  ];

  it('has the eleven dashboards first, and seven further ones', () => {
    const titles = MODEL.dashboards.map(({ title }) => title);

    expect(titles.slice(0, 11)).toEqual(ELEVEN);
    expect(titles.slice(11)).toEqual([
      'Renewal outlook',
      'Value perception',
      'Responses',
      'Advocates',
      'Tier head-to-head',
      'Program economics',
      'Sync health',
    ]);
  });

  it.each(ELEVEN)(
    'draws %s with its target as a line, the tiers side by side, and met or not with n',
    (title) => {
      const dashboard = MODEL.dashboards.find((one) => one.title === title);
      const shown = (dashboard?.parts ?? []).map((part) => ({
        part,
        report: MODEL.reports.find(({ folder, name }) => `${folder}/${name}` === part.report),
      }));
      const [byMonth, byTier, standing] = shown;
      const line = [
        { field: at('value'), summary: expect.any(String), line: false },
        { field: at('target'), summary: 'maximum', line: true },
      ];

      expect(byMonth?.report?.chart).toMatchObject({
        kind: 'combination',
        groupBy: at('period'),
        values: line,
      });
      expect(byTier?.report?.chart).toMatchObject({ kind: 'combination', groupBy: at('tier'), values: line });
      expect(standing?.part.show).toBe('table');
      expect(standing?.report?.columns.map(({ field }) => field)).toEqual(
        expect.arrayContaining([at('tier'), at('value'), at('target'), at('met'), at('sample')]),
      );
    },
  );

  it('never adds a total to its parts, nor one number to another', () => {
    for (const report of onMetrics.filter(({ columns }) => columns.some(({ summary }) => summary !== null))) {
      const additive = metricsOf(report).every((id) => ['count', 'money'].includes(unitOf(id)));
      for (const side of ['segment', 'tier', 'band', 'period', 'metric', 'periodKind'] as const) {
        expect({ report: report.name, side, held: isHeld(report, side, additive) }).toEqual({
          report: report.name,
          side,
          held: true,
        });
      }
    }
  });

  /** One value only, or grouped by; the parts of what adds up may be added where the total is left out. */
  function isHeld(report: Report, side: keyof typeof CRM_RECORDS.metric.fields, additive: boolean): boolean {
    const filter = filterOn(report, at(side));
    const one = filter?.operation === 'equals' && !filter.value.includes(',');
    if (side === 'period')
      return groupsOf(report).includes(at('period')) || filterOn(report, at('current'))?.value === '1';
    if (side === 'metric') return one || groupsOf(report).includes(at('label'));
    const partsOnly = filter?.operation === 'notEqual' && filter.value === 'All';
    return one || (partsOnly && (groupsOf(report).includes(at(side)) || additive));
  }

  function unitOf(id: string): string {
    return metricOf(id as (typeof METRICS)[number]['id']).unit;
  }

  it('reads every number of the program somewhere, and none that there is not', () => {
    const read = new Set(onMetrics.flatMap(metricsOf));

    expect([...read].sort()).toEqual(METRICS.map(({ id }) => id).sort());
  });

  it('shows every report, and says of each what it is', () => {
    const shown = new Set(MODEL.dashboards.flatMap(({ parts }) => parts.map(({ report }) => report)));

    expect(MODEL.reports.map(({ folder, name }) => `${folder}/${name}`).sort()).toEqual([...shown].sort());
    for (const { description } of MODEL.reports) expect(description).toMatch(/^[A-Z].{30,229}\.$/);
  });

  it('shows the records of every kind in some report type, without long texts of the account', () => {
    const types = MODEL.reportTypes.flatMap(({ sections }) => sections.flatMap(({ columns }) => columns));
    const tables = new Set(types.map(({ table }) => table));

    expect([...tables].sort()).toEqual(
      [
        'Account',
        'Account.Advocates__r',
        'Account.Enrolment_Decisions__r',
        'Account.Health_Pulses__r',
        'Account.Health_Snapshots__r',
        'Account.Playbook_Episodes__r',
        'Enrolment_Decision__c',
        'Program_Metric__c',
        'Sync_Error__c',
        'Sync_Run__c',
      ].sort(),
    );
    expect(types.map(({ field }) => field)).not.toContain('Truenorth_Drivers_Detail__c');
  });

  it('runs dashboards as whoever looks, or as the user that is named', () => {
    const named = analytics(MAPPING, { runningUser: 'leader@example.com' });

    expect(new Set(MODEL.dashboards.map(({ runAs }) => runAs))).toEqual(new Set([null]));
    expect(new Set(named.dashboards.map(({ runAs }) => runAs))).toEqual(new Set(['leader@example.com']));
  });

  it('leaves out what the mapping has no field for, and every report and part that needs it', () => {
    const without = { ...MAPPING, write: MAPPING.write.filter(({ fact }) => fact !== 'band') };

    const left = analytics(without, { runningUser: null });

    const text = JSON.stringify(left);
    expect(text).not.toContain('Truenorth_Band__c');
    expect(left.reports.map(({ name }) => name)).not.toContain('Accounts_at_risk');
    const reports = new Set(left.reports.map(({ folder, name }) => `${folder}/${name}`));
    for (const { parts } of left.dashboards)
      for (const { report } of parts) expect(reports.has(report)).toBe(true);
  });

  it('never calls a customer or a tier lesser', () => {
    const texts = [...MODEL.reports, ...MODEL.dashboards].map((one) => JSON.stringify(one)).join(' ');

    expect(texts).not.toMatch(/low[- ]value|low[- ]touch|tail|minor account|small customer/i);
  });
});
