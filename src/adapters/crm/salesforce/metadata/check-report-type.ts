import {
  type AnalyticsFile,
  type AnalyticsProblem,
  type AnalyticsWorld,
  type Piece,
  pieceOf,
  piecesOf,
  telling,
  textOf,
} from './analytics-file.js';

/** A report type's columns: `Table$Field` -> the field's metadata type, '' where it is not known. */
export type TypeColumns = ReadonlyMap<string, string>;

const MOST_COLUMNS = 1000;

export function checkReportType(file: AnalyticsFile, world: AnalyticsWorld): readonly AnalyticsProblem[] {
  const tell = telling(file);
  const base = textOf(file, 'baseObject');
  if (world.fields(base) === undefined)
    return [tell(`There is no object ${base}.`, pieceOf(file, 'baseObject'))];
  const join = pieceOf(file, 'join');
  const relationship = textOf(join, 'relationship');
  if (join !== undefined && world.child(base, relationship) === undefined)
    return [tell(`${base} has no child relationship ${relationship}.`, join)];
  const columns = columnPieces(file);
  const names = columns.map(nameOf);
  return [
    ...columns.flatMap((column) => columnProblem(column, { file, world })),
    ...columns
      .filter((_column, index) => names.indexOf(names[index] ?? '') < index)
      .map((column) => tell(`The column ${nameOf(column)} stands there twice.`, column)),
    ...(columns.length > MOST_COLUMNS ? [tell(`A report type has at most ${MOST_COLUMNS} columns.`)] : []),
  ];
}

function columnProblem(
  column: Piece,
  { file, world }: { readonly file: AnalyticsFile; readonly world: AnalyticsWorld },
): readonly AnalyticsProblem[] {
  const tell = telling(file);
  const table = textOf(column, 'table');
  const object = objectOf(table, file, world);
  if (object === undefined)
    return [tell(`The table ${table} is neither the base object nor joined to it.`, column)];
  const field = textOf(column, 'field');
  return world.fields(object)?.has(field) === true ? [] : [tell(`${object} has no field ${field}.`, column)];
}

/** `Account`, or the joined one: `Account.Health_Snapshots__r`. */
function objectOf(table: string, file: AnalyticsFile, world: AnalyticsWorld): string | undefined {
  const base = textOf(file, 'baseObject');
  if (table === base) return base;
  const relationship = textOf(pieceOf(file, 'join'), 'relationship');
  return relationship !== '' && table === `${base}.${relationship}`
    ? world.child(base, relationship)
    : undefined;
}

function columnPieces(file: AnalyticsFile): readonly Piece[] {
  return piecesOf(file, 'sections').flatMap((section) => piecesOf(section, 'columns'));
}

function nameOf(column: Piece): string {
  return `${textOf(column, 'table')}$${textOf(column, 'field')}`;
}

export function columnsOf(file: AnalyticsFile, world: AnalyticsWorld): TypeColumns {
  return new Map(
    columnPieces(file).map((column) => {
      const object = objectOf(textOf(column, 'table'), file, world);
      const fields = object === undefined ? undefined : world.fields(object);
      return [nameOf(column), fields?.get(textOf(column, 'field')) ?? ''] as const;
    }),
  );
}
