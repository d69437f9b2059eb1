import { basename } from 'node:path';
import type { ObjectDefinition } from '../salesforce/schema/types.js';
import { type ColumnSurvey, surveyColumn } from './export-columns.js';
import { readCsvFile } from './read-file.js';

/** A row that could not be taken in. */
export interface RefusedRow {
  readonly file: string;
  /** 1-based, where the row starts. */
  readonly line: number;
  readonly reason: string;
}

/** One CSV file after a first look at every value. */
export interface SurveyedFile {
  readonly path: string;
  readonly object: string;
  readonly standard: ObjectDefinition | null;
  /** In file order; null where the header is no field name. */
  readonly columns: readonly (ColumnSurvey | null)[];
  readonly rows: number;
  /** Headers that were passed over. */
  readonly ignored: readonly string[];
}

const FIELD_NAME = /^[A-Za-z][A-Za-z0-9_]*$/;

export function surveyFile(path: string, standard: ObjectDefinition | null): SurveyedFile {
  let names: readonly (string | null)[] | null = null;
  let surveyors: readonly (ReturnType<typeof surveyColumn> | null)[] = [];
  const ignored: string[] = [];
  let rows = 0;
  const open = (header: readonly string[]): void => {
    names = fieldNames(header, standard, ignored);
    surveyors = names.map((name) => (name === null ? null : surveyColumn(name, fieldNamed(standard, name))));
  };
  readCsvFile(path, {
    row: (cells, line) => {
      if (names === null) return open(cells);
      if (cells.length !== names.length) return;
      rows += 1;
      for (const [at, surveyor] of surveyors.entries()) surveyor?.see(cells[at] ?? '', line);
    },
    broken: () => {},
  });
  const file = basename(path);
  if (!(names ?? []).some((name) => name === 'Id'))
    throw new RangeError(
      `${file} has no Id column: a data export has one file per object with field names in its first line`,
    );
  return {
    path,
    object: standard?.name ?? file.replace(/\.csv$/i, ''),
    standard,
    columns: surveyors.map((surveyor) => surveyor?.result() ?? null),
    rows,
    ignored,
  };
}

function fieldNamed(
  standard: ObjectDefinition | null,
  name: string,
): ObjectDefinition['fields'][number] | null {
  return standard?.fields.find((field) => field.name.toLowerCase() === name.toLowerCase()) ?? null;
}

/** Headers as field names, in the platform's own letter case; what cannot be one, or comes twice, is null. */
function fieldNames(
  header: readonly string[],
  standard: ObjectDefinition | null,
  ignored: string[],
): readonly (string | null)[] {
  const seen = new Set<string>();
  return header.map((text) => {
    const name = text.trim();
    if (!FIELD_NAME.test(name) || seen.has(name.toLowerCase())) {
      ignored.push(text);
      return null;
    }
    seen.add(name.toLowerCase());
    return fieldNamed(standard, name)?.name ?? (name.toLowerCase() === 'id' ? 'Id' : name);
  });
}
