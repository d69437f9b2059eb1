import { type Piece, pieceOf, piecesOf, textOf } from './analytics-file.js';
import { problemIn, type SourceFile, type SourceProblem } from './source-files.js';
import { fieldIn, type KnownField, type SourceWorld } from './source-world.js';

/** Codes that lists have for standard fields. */
const CODES: ReadonlySet<string> = new Set([
  'ACCOUNT.CREATED_DATE',
  'ACCOUNT.INDUSTRY',
  'ACCOUNT.LAST_ACTIVITY',
  'ACCOUNT.LAST_UPDATE',
  'ACCOUNT.NAME',
  'ACCOUNT.TYPE',
  'CORE.USERS.ALIAS',
]);
const OWN_CODES: ReadonlySet<string> = new Set([
  'CREATEDBY_USER',
  'CREATED_DATE',
  'LAST_UPDATE',
  'NAME',
  'OWNER.ALIAS',
]);

function known(world: SourceWorld, object: string, name: string): boolean {
  const codes = object.endsWith('__c') ? OWN_CODES : CODES;
  return codes.has(name) || (name.endsWith('__c') && fieldIn(world, object, name) !== undefined);
}

const MOST_COLUMNS = 15;

export function checkListView(file: SourceFile, world: SourceWorld): readonly SourceProblem[] {
  const tell = problemIn(file);
  const object = ownerOf(file);
  const columns = piecesOf(file, 'columns');
  const filters = piecesOf(file, 'filters');
  const long = (name: string): boolean => fieldIn(world, object, name)?.type === 'LongTextArea';
  return [
    ...(columns.length > MOST_COLUMNS ? [tell(`A list has at most ${MOST_COLUMNS} columns.`)] : []),
    ...columns
      .filter((one) => !known(world, object, contentOf(one)))
      .map((one) => tell(`${object} has no column ${contentOf(one)}.`, one)),
    ...filters
      .filter((one) => !known(world, object, textOf(one, 'field')))
      .map((one) => tell(`${object} has no field ${textOf(one, 'field')} to filter by.`, one)),
    ...filters
      .filter((one) => long(textOf(one, 'field')))
      .map((one) => tell(`${textOf(one, 'field')} is a long text: nothing can be filtered by it.`, one)),
  ];
}

const MOST_COMPACT = 10;
const NOT_COMPACT = ['LongTextArea', 'TextArea'];

export function checkCompactLayout(file: SourceFile, world: SourceWorld): readonly SourceProblem[] {
  const tell = problemIn(file);
  const object = ownerOf(file);
  const fields = piecesOf(file, 'fields');
  return [
    ...(fields.length > MOST_COMPACT ? [tell(`A compact layout has at most ${MOST_COMPACT} fields.`)] : []),
    ...fields.flatMap((one) => {
      const field = fieldIn(world, object, contentOf(one));
      if (field === undefined) return [tell(`${object} has no field ${contentOf(one)}.`, one)];
      return NOT_COMPACT.includes(field.type)
        ? [tell(`${contentOf(one)} is a text over several lines: it cannot stand in a compact layout.`, one)]
        : [];
    }),
  ];
}

export function checkQuickAction(file: SourceFile, world: SourceWorld): readonly SourceProblem[] {
  const tell = problemIn(file);
  const object = ownerOf(file);
  const target = textOf(file, 'targetObject');
  const own = world.fields.get(target);
  if (own === undefined) return [tell(`There is no object ${target}.`, pieceOf(file, 'targetObject'))];
  const parent = textOf(file, 'targetParentField');
  const layout = pieceOf(file, 'quickActionLayout');
  const items = layout
    ? piecesOf(layout, 'quickActionLayoutColumns').flatMap((column) =>
        piecesOf(column, 'quickActionLayoutItems'),
      )
    : [];
  return [
    ...(world.fields.has(object) ? [] : [tell(`There is no object ${object}.`)]),
    ...(parent === '' || own.get(parent)?.referenceTo === object
      ? []
      : [tell(`${target}.${parent} does not lead to ${object}.`, pieceOf(file, 'targetParentField'))]),
    ...unknownItems(items, { object: target, world, tell }),
    ...lackingFields(items, own, [parent]).map((name) =>
      tell(`The required field ${name} is not on the button.`),
    ),
  ];
}

export function checkLayout(file: SourceFile, world: SourceWorld): readonly SourceProblem[] {
  const tell = problemIn(file);
  const object = file.fullName.slice(0, file.fullName.indexOf('-'));
  const own = world.fields.get(object);
  if (own === undefined) return [tell(`There is no object ${object}.`)];
  const items = piecesOf(file, 'layoutSections')
    .flatMap((section) => piecesOf(section, 'layoutColumns'))
    .flatMap((column) => piecesOf(column, 'layoutItems'));
  return [
    ...unknownItems(items, { object, world, tell }),
    ...lackingFields(items, own, []).map((name) => tell(`The required field ${name} is not on the layout.`)),
    ...piecesOf(file, 'relatedLists').flatMap((list) => checkRelated(list, { object, world, tell })),
  ];
}

interface Within {
  readonly object: string;
  readonly world: SourceWorld;
  readonly tell: (sentence: string, at?: Piece) => SourceProblem;
}

function unknownItems(items: readonly Piece[], { object, world, tell }: Within): readonly SourceProblem[] {
  const names = items.map((item) => textOf(item, 'field'));
  return items.flatMap((item, index) => {
    const name = textOf(item, 'field');
    if (fieldIn(world, object, name) === undefined) return [tell(`${object} has no field ${name}.`, item)];
    return names.indexOf(name) < index ? [tell(`${name} stands there twice.`, item)] : [];
  });
}

function lackingFields(
  items: readonly Piece[],
  own: ReadonlyMap<string, KnownField>,
  filled: readonly string[],
): readonly string[] {
  const shown = new Set([...items.map((item) => textOf(item, 'field')), ...filled]);
  return [...own]
    .filter(([name, { required }]) => required && name.endsWith('__c') && !shown.has(name))
    .map(([name]) => name);
}

function checkRelated(list: Piece, { object, world, tell }: Within): readonly SourceProblem[] {
  const name = textOf(list, 'relatedList');
  const [child = '', lookup = ''] = name.split('.');
  if (fieldIn(world, child, lookup)?.referenceTo !== object)
    return [tell(`${name} does not lead to ${object}.`, list)];
  return piecesOf(list, 'fields')
    .filter((one) => !known(world, child, contentOf(one)))
    .map((one) => tell(`${child} has no column ${contentOf(one)}.`, one));
}

function ownerOf({ fullName }: SourceFile): string {
  return fullName.slice(0, fullName.indexOf('.'));
}

function contentOf({ content }: Piece): string {
  return typeof content === 'string' ? content.trim() : '';
}
