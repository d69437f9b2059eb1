import { basename } from 'node:path';
import { isId, normalId } from '../salesforce/ids.js';
import type { Row, Value } from '../salesforce/schema/types.js';
import type { BaseRows } from '../salesforce/store/base-rows.js';
import { type ColumnValues, columnOf } from './columns.js';
import type { ColumnSurvey } from './export-columns.js';
import type { RefusedRow, SurveyedFile } from './export-file.js';
import { readCsvFile } from './read-file.js';
import { fits, instantIn } from './value-shapes.js';

export interface FilledFile {
  readonly rows: BaseRows;
  readonly refused: readonly RefusedRow[];
  /** Rows that are newer than the horizon. */
  readonly hidden: number;
  /** Rows that were taken in and do not say when they were last written. */
  readonly undated: number;
  /** Milliseconds since 1970 at which a row was last made or written; null = no row says. */
  readonly newest: number | null;
}

interface Filling {
  readonly file: SurveyedFile;
  /** Milliseconds since 1970; rows made or stamped later stay out. */
  readonly horizon: number;
  /** ISO instant at which rows that do not say so were last written; null = when they were made. */
  readonly undatedAs: string | null;
}

/** Reads the rows of a file that was looked at before. */
export function fillFile({ file, horizon, undatedAs }: Filling): FilledFile {
  const columns = file.columns.map((survey) =>
    survey === null ? null : { survey, values: columnOf(survey.shape) },
  );
  const refused: RefusedRow[] = [];
  const index = new Map<string, number>();
  const idAt = file.columns.findIndex((survey) => survey?.name === 'Id');
  const stampsOf = stampsIn(file);
  let hidden = 0;
  let undated = 0;
  let newest: number | null = null;
  let header = true;
  const refuse = (line: number, reason: string): void => {
    refused.push({ file: basename(file.path), line, reason });
  };
  const take = (cells: readonly string[], line: number): void => {
    const id = normalId(cells[idAt] ?? '');
    const { written, created } = stampsOf(cells);
    const latest = Math.max(written ?? created ?? -Infinity, created ?? -Infinity);
    const wrong = faultIn(file, cells) ?? (index.has(id) ? `the Id ${id} came before` : null);
    if (wrong !== null) {
      refuse(line, wrong);
    } else if (latest > horizon) {
      hidden += 1;
    } else {
      index.set(id, index.size);
      if (written === null) undated += 1;
      newest = latest > (newest ?? -Infinity) ? latest : newest;
      for (const [at, column] of columns.entries()) column?.values.add(cells[at] ?? '');
    }
  };
  readCsvFile(file.path, {
    row: (cells, line) => {
      if (header) header = false;
      else take(cells, line);
    },
    broken: refuse,
  });
  const kept = columns.filter((column) => column !== null);
  return { rows: loadedRows(index, { columns: kept, undatedAs }), refused, hidden, undated, newest };
}

/** Inferred shapes fit by themselves; only the platform's own fields can be broken. */
function faultIn(file: SurveyedFile, cells: readonly string[]): string | null {
  if (cells.length !== file.columns.length)
    return `${cells.length} values for ${file.columns.length} columns`;
  for (const [at, survey] of file.columns.entries()) {
    const text = cells[at] ?? '';
    if (survey?.name === 'Id' && !isId(text)) return `the Id '${text}' is none`;
    if (survey?.standard && text !== '' && !fits(survey.shape, text))
      return `${survey.name} '${text.slice(0, 40)}' is no ${survey.shape}`;
  }
  return null;
}

interface Stamps {
  /** Milliseconds since 1970; null = the row does not say. */
  readonly written: number | null;
  readonly created: number | null;
}

function stampsIn(file: SurveyedFile): (cells: readonly string[]) => Stamps {
  const placeOf = (name: string): number => file.columns.findIndex((survey) => survey?.name === name);
  const written = [placeOf('SystemModstamp'), placeOf('LastModifiedDate')];
  const created = [placeOf('CreatedDate')];
  const latestOf = (cells: readonly string[], places: readonly number[]): number | null => {
    const found = places.map((at) => cells[at] ?? '').filter((text) => text !== '');
    return found.length === 0 ? null : Math.max(...found.map(instantIn));
  };
  return (cells) => ({ written: latestOf(cells, written), created: latestOf(cells, created) });
}

interface FilledColumn {
  readonly survey: ColumnSurvey;
  readonly values: ColumnValues;
}

const EPOCH = '1970-01-01T00:00:00.000Z';

interface Filled {
  readonly columns: readonly FilledColumn[];
  readonly undatedAs: string | null;
}

function loadedRows(index: ReadonlyMap<string, number>, { columns, undatedAs }: Filled): BaseRows {
  const rowAt = (row: number): Row => {
    const values: Record<string, Value> = {};
    for (const { survey, values: column } of columns) {
      values[survey.name] = survey.shape === 'boolean' ? column.at(row) === true : column.at(row);
    }
    return withSystemFields(values, undatedAs);
  };
  const children = new Map<string, ReadonlyMap<Value, readonly number[]>>();
  const byParent = (field: string): ReadonlyMap<Value, readonly number[]> => {
    const column = columns.find(({ survey }) => survey.name === field)?.values;
    const rows = Array.from({ length: column === undefined ? 0 : index.size }, (_, row) => row);
    return Map.groupBy(rows, (row) => column?.at(row) ?? null);
  };
  return {
    count: index.size,
    rowAt,
    indexOf: (id) => index.get(id) ?? -1,
    childrenOf: (field, parentId) => {
      const known = children.get(field) ?? byParent(field);
      children.set(field, known);
      return known.get(parentId) ?? [];
    },
    newestStamp: newestOf(rowAt, index.size),
    holdsDeleted: columns.some(({ survey }) => survey.name === 'IsDeleted'),
  };
}

/** A file may lack what every row has; the nearest that it holds stands in. */
function withSystemFields(values: Record<string, Value>, undatedAs: string | null): Row {
  const written = values.SystemModstamp ?? values.LastModifiedDate ?? null;
  const stamp = written ?? undatedAs ?? values.CreatedDate ?? EPOCH;
  const created = values.CreatedDate ?? written ?? EPOCH;
  return {
    ...values,
    IsDeleted: values.IsDeleted ?? false,
    CreatedDate: created,
    LastModifiedDate: values.LastModifiedDate ?? stamp,
    SystemModstamp: stamp,
  };
}

function newestOf(rowAt: (row: number) => Row, count: number): string {
  let newest = '';
  for (let row = 0; row < count; row += 1) {
    const stamp = String(rowAt(row).SystemModstamp);
    if (stamp > newest) newest = stamp;
  }
  return newest;
}
