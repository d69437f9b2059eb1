import type { AnalyticsFile, AnalyticsProblem, AnalyticsWorld } from './analytics-file.js';
import { telling } from './analytics-file.js';
import { ANALYTICS_SHAPES } from './analytics-shapes.js';
import { checkDashboard } from './check-dashboard.js';
import { checkReport } from './check-report.js';
import { checkReportType, columnsOf } from './check-report-type.js';
import { checkShape } from './check-shape.js';

/**
 * Everything that is wrong with report types, reports, dashboards and their folders: elements, values and lengths,
 * and every reference to each other and to the world. Files of other types are not looked at.
 */
export function checkAnalytics(
  files: readonly AnalyticsFile[],
  world: AnalyticsWorld,
): readonly AnalyticsProblem[] {
  const known = knownOf(files, world);
  return files
    .filter(({ type }) => ANALYTICS_SHAPES[type] !== undefined)
    .flatMap((file) => {
      const outside = [...checkName(file, known), ...checkElements(file)];
      return outside.length > 0 ? outside : checkInside(file, known, world);
    });
}

interface Known {
  readonly folders: ReadonlySet<string>;
  readonly types: Parameters<typeof checkReport>[1];
  readonly reports: ReadonlyMap<string, AnalyticsFile>;
}

function knownOf(files: readonly AnalyticsFile[], world: AnalyticsWorld): Known {
  const of = (type: string) => files.filter((file) => file.type === type);
  return {
    folders: new Set(files.map(({ type, fullName }) => `${type} ${fullName}`)),
    types: new Map(of('ReportType').map((file) => [file.fullName, columnsOf(file, world)])),
    reports: new Map(of('Report').map((file) => [file.fullName, file])),
  };
}

function checkElements(file: AnalyticsFile): readonly AnalyticsProblem[] {
  const shape = ANALYTICS_SHAPES[file.type] ?? {};
  return checkShape(file.content, shape, { name: file.type, tell: telling(file) });
}

function checkInside(file: AnalyticsFile, known: Known, world: AnalyticsWorld): readonly AnalyticsProblem[] {
  if (file.type === 'ReportType') return checkReportType(file, world);
  if (file.type === 'Report') return checkReport(file, known.types);
  return file.type === 'Dashboard' ? checkDashboard(file, known.reports) : [];
}

const DEVELOPER_NAME = /^[A-Za-z](?:_?[A-Za-z0-9])*$/;
const LONGEST_NAME = 80;

function checkName(file: AnalyticsFile, { folders }: Known): readonly AnalyticsProblem[] {
  const tell = telling(file);
  const parts = file.fullName.split('/');
  const foldered = file.type === 'Report' || file.type === 'Dashboard';
  if (parts.length !== (foldered ? 2 : 1)) return [tell(`${file.fullName} is no name for a ${file.type}.`)];
  const bad = parts.find((part) => !DEVELOPER_NAME.test(part) || part.length > LONGEST_NAME);
  if (bad !== undefined)
    return [
      tell(`${bad} is no developer name: letters, digits and single underscores, at most ${LONGEST_NAME}.`),
    ];
  return !foldered || folders.has(`${file.type}Folder ${parts[0]}`)
    ? []
    : [tell(`There is no folder ${parts[0]}.`)];
}
