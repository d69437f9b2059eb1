import { METRICS, type MetricId } from '../../../src/domain/program/metric-ids.js';
import type { MetricTarget } from '../../../src/domain/program/program-policy.js';
import { CRM_RECORDS } from '../../../src/ports/crm-records.js';
import type { Dashboard, OrgModel, Report } from '../../../src/ports/org-model.js';

type Targets = Readonly<Partial<Record<MetricId, MetricTarget>>>;

/** What docs/dashboards.md has to say of a dashboard: what it answers, its target, and each of its parts. */
export function sectionOf(dashboard: Dashboard, model: OrgModel, targets: Targets): string {
  const parts = dashboard.parts.map(({ header, show, report: name }) => {
    const report = model.reports.find((one) => `${one.folder}/${one.name}` === name);
    return `| ${header} (${show}) | ${report?.label ?? ''} | ${report?.description ?? ''} |`;
  });
  return [
    `## ${dashboard.title}`,
    '',
    dashboard.description,
    '',
    ...targetLines(dashboard, model, targets),
    '| part | report | what it shows |',
    '|---|---|---|',
    ...parts,
  ].join('\n');
}

const METRIC = `${CRM_RECORDS.metric.object}$${CRM_RECORDS.metric.fields.metric}`;
const TARGET = `${CRM_RECORDS.metric.object}$${CRM_RECORDS.metric.fields.target}`;

/** Numbers whose target a part draws or lists. */
function targetLines({ parts }: Dashboard, { reports }: OrgModel, targets: Targets): readonly string[] {
  const shown = parts.flatMap(
    ({ report }) => reports.find((one) => `${one.folder}/${one.name}` === report) ?? [],
  );
  const ids = [...new Set(shown.filter(showsTarget).map(metricOf))];
  return ids.length === 0 ? [] : [...ids.map((id) => `- ${targetOf(id, targets)}`), ''];
}

const showsTarget = ({ columns }: Report): boolean => columns.some(({ field }) => field === TARGET);
const metricOf = ({ filters }: Report): string => filters.find(({ field }) => field === METRIC)?.value ?? '';

function targetOf(id: string, targets: Targets): string {
  const metric = METRICS.find((one) => one.id === id);
  const target = targets[id as MetricId];
  const label = `${metric?.label ?? id} (\`${id}\`)`;
  if (target === undefined) return `${label}: no target as shipped.`;
  return `${label}: ${wordsOf(target, metric?.unit ?? '')}, within ${target.months} months.`;
}

/** `at least 30 percent`, `25 % below the baseline or less`. */
function wordsOf({ kind, target, direction }: MetricTarget, unit: string): string {
  if (kind === 'value') return `${direction} ${target} ${unit}`;
  if (target === 0) return 'no worse than the baseline';
  const side = target < 0 ? 'below' : 'above';
  return `${Math.abs(target)} % ${side} the baseline or ${direction === 'at least' ? 'more' : 'less'}`;
}
