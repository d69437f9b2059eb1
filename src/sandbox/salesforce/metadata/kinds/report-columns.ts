import type { FieldDefinition } from '../../schema/types.js';
import type { Component, Draft } from '../deploy/component.js';
import { allElements, childOf, textOf, type XmlElement } from '../xml/element.js';
import { tableOf } from './report-type.js';

/** What a report may show. Codes of standard report types are not known here and are taken on trust. */
export interface ReportColumns {
  readonly has: (name: string) => boolean;
  /** The field behind a column, or null where it is not known. */
  readonly field: (name: string) => FieldDefinition | null;
}

const ON_TRUST: ReportColumns = { has: () => true, field: () => null };

/** The columns of a report's type, or null when there is no such type. */
export function columnsFor(report: XmlElement, draft: Draft): ReportColumns | null {
  const name = textOf(report, 'reportType');
  if (!name.endsWith('__c')) return ON_TRUST;
  const type = draft.stored('ReportType', name.slice(0, -'__c'.length));
  if (type) return columnsOfType(type, draft);
  return draft.schema.find(name) ? ON_TRUST : null;
}

/** `Account$Name`, and `Account.Projects__r$Name` of what is joined. */
function columnsOfType({ element }: Component, { schema }: Draft): ReportColumns {
  const base = schema.find(textOf(element, 'baseObject'));
  const known = new Map<string, FieldDefinition | null>(
    allElements(element, 'columns').map((column) => {
      const table = base && tableOf(textOf(column, 'table'), base, schema);
      const field = table ? table.field(textOf(column, 'field')) : null;
      return [`${textOf(column, 'table')}$${textOf(column, 'field')}`, field] as const;
    }),
  );
  return { has: (name) => known.has(name), field: (name) => known.get(name) ?? null };
}

export function groupingsOf(report: XmlElement): readonly XmlElement[] {
  return [...allElements(report, 'groupingsDown'), ...allElements(report, 'groupingsAcross')];
}

/** The report's own columns with the summaries that it works out: `Account$Score__c` -> Sum, Average. */
export function summariesOf(report: XmlElement): ReadonlyMap<string, readonly string[]> {
  const columns = report.children.filter((child) => child.name === 'columns');
  return new Map(
    columns.map((column) => [
      textOf(column, 'field'),
      column.children.filter((child) => child.name === 'aggregateTypes').map((child) => child.text.trim()),
    ]),
  );
}

/** Whether a report can draw a summary: the row count, a formula of its own, or a column under that summary. */
export function canDraw(report: XmlElement, summary: XmlElement): boolean {
  const column = textOf(summary, 'column');
  if (column === 'RowCount' || /^FORMULA\d+$/.test(column))
    return childOf(summary, 'aggregate') === undefined;
  return summariesOf(report).get(column)?.includes(textOf(summary, 'aggregate')) === true;
}
