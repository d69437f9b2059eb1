import { error, type Problem } from '../types/problem.js';
import { childOf, childrenOf, textOf, type XmlElement } from '../xml/element.js';
import { groupingsOf, type ReportColumns } from './report-columns.js';

const NUMERIC = ['double', 'int', 'long', 'currency', 'percent'];

/** Columns and groupings are columns of the report type; what is grouped by is not shown a second time. */
export function checkNames(element: XmlElement, known: ReportColumns): readonly Problem[] {
  const grouped = groupingsOf(element).map((grouping) => textOf(grouping, 'field'));
  const shown = childrenOf(element, 'columns');
  const frame = childOf(element, 'timeFrameFilter');
  return [
    ...shown.flatMap((column) => {
      const name = textOf(column, 'field');
      if (!known.has(name)) return [error(`columns-field: Invalid value specified: ${name}`, column)];
      if (grouped.includes(name))
        return [error(`You can't include groupings in the selected columns list: ${name}`, column)];
      const type = known.field(name)?.type;
      return childOf(column, 'aggregateTypes') && type !== undefined && !NUMERIC.includes(type)
        ? [error(`columns-aggregateTypes: Invalid value specified: ${name}`, column)]
        : [];
    }),
    ...groupingsOf(element)
      .filter((grouping) => !known.has(textOf(grouping, 'field')))
      .map((grouping) => error(`Grouping: Invalid value specified: ${textOf(grouping, 'field')}`, grouping)),
    ...(frame && !known.has(textOf(frame, 'dateColumn'))
      ? [error(`timeFrameFilter-dateColumn: Invalid value specified: ${textOf(frame, 'dateColumn')}`, frame)]
      : []),
  ];
}
