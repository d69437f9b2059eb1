import type { Component, Draft, Kind } from '../deploy/component.js';
import { checkElements } from '../types/check-elements.js';
import { error, isError, type Problem } from '../types/problem.js';
import { allElements, childrenOf, textOf, type XmlElement } from '../xml/element.js';
import { checkChart } from './report-chart.js';
import { columnsFor } from './report-columns.js';
import { checkFilters } from './report-filter.js';
import { checkNames } from './report-names.js';

/** A folder of reports: `reports/Health-meta.xml`. package.xml names it under Report. */
export const REPORT_FOLDER: Kind = {
  type: 'ReportFolder',
  folder: 'reports',
  suffix: 'reportFolder',
  keyPrefix: '00l',
  check: ({ element }) => checkElements(element, 'ReportFolder'),
};

export const REPORT: Kind = { type: 'Report', folder: 'reports', suffix: 'report', keyPrefix: '00O', check };

const FORMATS = ['Tabular', 'Summary', 'Matrix', 'MultiBlock'];

function check(component: Component, draft: Draft): readonly Problem[] {
  const { element, fullName } = component;
  const shape = checkElements(element, 'Report');
  if (shape.some(isError)) return shape;
  const folder = fullName.slice(0, Math.max(0, fullName.lastIndexOf('/')));
  const isPublic = folder === 'unfiled$public' || draft.stored('ReportFolder', folder) !== undefined;
  const columns = columnsFor(element, draft);
  return [
    ...shape,
    ...(isPublic ? [] : [error(`Cannot find folder:${folder}`, element)]),
    ...checkFormat(element),
    ...(columns === null
      ? [error('invalid report type', element)]
      : [...checkNames(element, columns), ...checkFilters(element, columns)]),
    ...checkFields(element, draft),
    ...checkChart(element),
    ...checkLengths(element),
  ];
}

function checkLengths(element: XmlElement): readonly Problem[] {
  const limits = { name: 40, description: 255 };
  return Object.entries(limits)
    .filter(([name, limit]) => textOf(element, name).length > limit)
    .map(([name, limit]) =>
      error(`Value too long for field: ${capitalised(name)} maximum length is:${limit}`, element),
    );
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function checkFormat(element: XmlElement): readonly Problem[] {
  const format = textOf(element, 'format');
  const down = childrenOf(element, 'groupingsDown').length;
  const across = childrenOf(element, 'groupingsAcross').length;
  if (!FORMATS.includes(format)) {
    return [error(`'${format}' is not a valid value for the enum 'ReportFormat'`, element)];
  }
  if (format === 'Summary' && down === 0)
    return [error('A Summary report needs at least one grouping', element)];
  if (format === 'Matrix' && (down === 0 || across === 0)) {
    return [error('A Matrix report needs a grouping down and a grouping across', element)];
  }
  if (format === 'Tabular' && down + across > 0) return [error('A Tabular report has no groupings', element)];
  return [];
}

/** Fields of our own kinds: `Account.Score__c`, `Account$Score__c`. Standard codes differ by report type and are taken on trust. */
function checkFields(element: XmlElement, { schema }: Draft): readonly Problem[] {
  const places = ['columns', 'groupingsDown', 'groupingsAcross', 'criteriaItems'];
  return places
    .flatMap((name) => allElements(element, name))
    .flatMap((at) => {
      const name = textOf(at, 'field') || textOf(at, 'column');
      const [owner, ...rest] = name.split(/[.$]/);
      const last = rest.at(-1);
      if (owner === undefined || last === undefined || !last.endsWith('__c')) return [];
      const object = rest.length === 1 ? schema.find(owner) : null;
      return rest.length > 1 || object?.field(last) ? [] : [error(`Invalid field name: ${name}`, at)];
    });
}
