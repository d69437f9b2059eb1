import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { field, SYSTEM_FIELDS } from '../salesforce/schema/fields.js';
import { standardObjects } from '../salesforce/schema/standard/index.js';
import type { FieldDefinition, ObjectDefinition } from '../salesforce/schema/types.js';
import type { BaseRows, Book } from '../salesforce/store/base-rows.js';
import type { ColumnSurvey } from './export-columns.js';
import { describeField, fieldFor, type Prefixes } from './export-fields.js';
import { type RefusedRow, type SurveyedFile, surveyFile } from './export-file.js';
import { type FilledFile, fillFile } from './export-rows.js';

/** A data export as a book, with every row that could not be taken in. */
export interface LoadedBook extends Book {
  readonly refused: readonly RefusedRow[];
  /** Files with rows that do not say when they were last written. */
  readonly undated: readonly UndatedRows[];
  /** Milliseconds since 1970 at which a row was last made or written; null = no row says. */
  readonly newest: number | null;
}

export interface UndatedRows {
  readonly file: string;
  readonly rows: number;
}

export interface ExportRequest {
  /** ISO instant: rows made or stamped later stay out of sight. */
  readonly hideAfter?: string;
  /** ISO instant at which rows that do not say so were last written; absent = when they were made. */
  readonly undatedAs?: string;
}

/** Reads a folder of CSV files, one per object, named and headed as in the API. Throws where a folder or file is no export at all. */
export function loadExport(dir: string, request: ExportRequest = {}): LoadedBook {
  const standard = standardObjects({ book: { multiCurrency: true } });
  const files = csvFiles(dir).map((path) => {
    const name = basename(path).replace(/\.csv$/i, '');
    return surveyFile(
      path,
      standard.find((object) => object.name.toLowerCase() === name.toLowerCase()) ?? null,
    );
  });
  const prefixes = prefixesOf(standard, files);
  const horizon = horizonOf(request);
  const filled = files.map((file) => ({
    file,
    ...fillFile({ file, horizon, undatedAs: request.undatedAs ?? null }),
  }));
  const currency = currencyOf(filled);
  return {
    rows: new Map(filled.map(({ file, rows }) => [file.object, rows])),
    customObjects: files.filter((file) => file.standard === null).map((file) => objectFor(file, prefixes)),
    customFields: new Map(
      files.filter((file) => file.standard !== null).map((file) => [file.object, ownFields(file, prefixes)]),
    ),
    notes: filled.flatMap((one) => notesOn(one.file, one, prefixes)),
    refused: filled.flatMap(({ refused }) => refused),
    undated: filled
      .filter(({ undated }) => undated > 0)
      .map(({ file, undated }) => ({ file: basename(file.path), rows: undated })),
    newest: filled.reduce<number | null>(
      (latest, { newest }) => (newest === null ? latest : Math.max(newest, latest ?? newest)),
      null,
    ),
    orgName: basename(dir),
    timeZone: 'UTC',
    currency: currency ?? 'USD',
    multiCurrency: currency !== null,
  };
}

function csvFiles(dir: string): readonly string[] {
  if (!existsSync(dir) || !statSync(dir).isDirectory()) throw new RangeError(`${dir} is no folder`);
  const names = readdirSync(dir).filter((name) => /\.csv$/i.test(name));
  if (names.length === 0)
    throw new RangeError(`${dir} holds no CSV file: a data export has one per object, such as Account.csv`);
  const paths = names.sort().map((name) => join(dir, name));
  const odd = paths.find((path) => statSync(path, { throwIfNoEntry: false })?.isFile() !== true);
  if (odd !== undefined) throw new RangeError(`${odd} is no file that can be read`);
  return paths;
}

function horizonOf({ hideAfter }: ExportRequest): number {
  const horizon = hideAfter === undefined ? Number.POSITIVE_INFINITY : Date.parse(hideAfter);
  if (Number.isNaN(horizon)) throw new RangeError(`'${hideAfter}' is no ISO instant`);
  return horizon;
}

function prefixesOf(standard: readonly ObjectDefinition[], files: readonly SurveyedFile[]): Prefixes {
  const loaded = files.map((file) => [prefixOf(file), file.object] as const);
  return new Map([...standard.map((object) => [object.keyPrefix, object.name] as const), ...loaded]);
}

function prefixOf(file: SurveyedFile): string {
  return (
    file.standard?.keyPrefix ?? file.columns.find((column) => column?.name === 'Id')?.prefixes[0] ?? 'a00'
  );
}

function surveysOf(file: SurveyedFile): readonly ColumnSurvey[] {
  return file.columns.filter((column) => column !== null);
}

function ownFields(file: SurveyedFile, prefixes: Prefixes): readonly FieldDefinition[] {
  return surveysOf(file)
    .filter((column) => column.standard === null)
    .map((column) => fieldFor(column, prefixes));
}

function objectFor(file: SurveyedFile, prefixes: Prefixes): ObjectDefinition {
  const system = new Set(SYSTEM_FIELDS.map((one) => one.name));
  const own = ownFields(file, prefixes).filter((one) => !system.has(one.name) && one.name !== 'Name');
  const label = file.object.replace(/__c$/, '').replaceAll('_', ' ');
  const children = file.object.endsWith('__c') ? `${file.object.replace(/__c$/, '')}s__r` : `${file.object}s`;
  return {
    name: file.object,
    label,
    labelPlural: `${label}s`,
    keyPrefix: prefixOf(file),
    custom: file.object.endsWith('__c'),
    createable: true,
    updateable: true,
    deletable: true,
    queryable: true,
    replicateable: true,
    fields: [
      ...SYSTEM_FIELDS,
      field('Name', 'string', { length: 80, nameField: true }),
      ...own.map((one) => (one.type === 'reference' ? { ...one, childRelationshipName: children } : one)),
    ],
    validationRules: [],
  };
}

const LISTED = 20;

function notesOn(
  file: SurveyedFile,
  { rows, refused, hidden }: FilledFile,
  prefixes: Prefixes,
): readonly string[] {
  const name = basename(file.path);
  const own = surveysOf(file).filter((column) => column.standard === null && column.name !== 'Id');
  const fields = own.map((column) => describeField(column, fieldFor(column, prefixes), file.rows));
  const more = refused.length - LISTED;
  return [
    `${file.object}: ${rows.count} rows taken in, ${refused.length} refused, ${hidden} out of sight.`,
    ...(fields.length > 0 ? [`${file.object}: inferred ${fields.join('; ')}.`] : []),
    ...own.flatMap((column) => nearlyNote(file, column)),
    ...file.ignored.map(
      (header) => `${name}: column '${header}' passed over, as it is no field name or comes twice.`,
    ),
    ...refused.slice(0, LISTED).map((row) => `${row.file} line ${row.line}: refused, ${row.reason}.`),
    ...(more > 0 ? [`${name}: and ${more} more refused rows.`] : []),
  ];
}

function nearlyNote(file: SurveyedFile, { name, nearly }: ColumnSurvey): readonly string[] {
  if (nearly === null) return [];
  return [
    `${file.object}: ${name} read as text, since ${nearly.misfits} of its values are no ${nearly.shape}, the first on line ${nearly.line}.`,
  ];
}

/** The currency of most rows; null in an org that has one only. */
function currencyOf(
  files: readonly { readonly rows: BaseRows; readonly file: SurveyedFile }[],
): string | null {
  const counts = new Map<string, number>();
  for (const { file, rows } of files) {
    if (!surveysOf(file).some((column) => column.name === 'CurrencyIsoCode')) continue;
    for (let row = 0; row < rows.count; row += 1) {
      const code = rows.rowAt(row).CurrencyIsoCode;
      if (typeof code === 'string') counts.set(code, (counts.get(code) ?? 0) + 1);
    }
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}
