import { type Piece, piecesOf, textOf } from './analytics-file.js';
import { problemIn, type SourceFile, type SourceProblem } from './source-files.js';
import { fieldIn, type SourceWorld } from './source-world.js';

type Tell = ReturnType<typeof problemIn>;

/** A right -> what it can't be without, on the same object. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  allowCreate: ['allowRead'],
  allowEdit: ['allowRead'],
  allowDelete: ['allowRead', 'allowEdit'],
  viewAllRecords: ['allowRead'],
  modifyAllRecords: ['allowRead', 'allowEdit', 'allowDelete', 'viewAllRecords'],
};

export function checkPermissionSet(file: SourceFile, world: SourceWorld): readonly SourceProblem[] {
  const tell = problemIn(file);
  const objects = piecesOf(file, 'objectPermissions');
  const read = new Set(
    objects.filter((one) => textOf(one, 'allowRead') === 'true').map((one) => textOf(one, 'object')),
  );
  return [
    ...objects.flatMap((one) => checkObject(one, { world, read, tell })),
    ...piecesOf(file, 'fieldPermissions').flatMap((one) => checkField(one, world, tell)),
    ...piecesOf(file, 'tabSettings')
      .filter((one) => !world.names.has(`CustomTab ${textOf(one, 'tab')}`))
      .map((one) => tell(`There is no tab ${textOf(one, 'tab')}.`, one)),
    ...twice(file, 'objectPermissions', 'object').map((one) => tell(`${one.key} is granted twice.`, one.at)),
    ...twice(file, 'fieldPermissions', 'field').map((one) => tell(`${one.key} is granted twice.`, one.at)),
  ];
}

function checkObject(
  grant: Piece,
  {
    world,
    read,
    tell,
  }: { readonly world: SourceWorld; readonly read: ReadonlySet<string>; readonly tell: Tell },
): readonly SourceProblem[] {
  const object = textOf(grant, 'object');
  const own = world.fields.get(object);
  if (own === undefined) return [tell(`There is no object ${object}.`, grant)];
  const masters = [...own.values()]
    .filter(({ type }) => type === 'MasterDetail')
    .map(({ referenceTo }) => referenceTo);
  return [
    ...Object.entries(NEEDS)
      .filter(([right, needed]) => has(grant, right) && needed.some((one) => !has(grant, one)))
      .map(([right, needed]) => tell(`${right} on ${object} needs ${needed.join(', ')}.`, grant)),
    ...masters
      .filter((master) => !read.has(master))
      .map((master) => tell(`${object} can be read only by who may read ${master}.`, grant)),
  ];
}

function has(grant: Piece, right: string): boolean {
  return textOf(grant, right) === 'true';
}

function checkField(grant: Piece, world: SourceWorld, tell: Tell): readonly SourceProblem[] {
  const name = textOf(grant, 'field');
  const [object = '', local = ''] = name.split('.');
  const field = fieldIn(world, object, local);
  if (field === undefined) return [tell(`There is no field ${name}.`, grant)];
  if (field.required)
    return [tell(`${name} is required: everybody sees it, and it cannot be granted.`, grant)];
  if (field.formula && has(grant, 'editable'))
    return [tell(`${name} is a formula: it cannot be edited.`, grant)];
  return has(grant, 'editable') && !has(grant, 'readable')
    ? [tell(`Who may edit ${name} must be able to read it.`, grant)]
    : [];
}

function twice(
  file: SourceFile,
  list: string,
  key: string,
): readonly { readonly at: Piece; readonly key: string }[] {
  const all = piecesOf(file, list).map((at) => ({ at, key: textOf(at, key) }));
  return all.filter((one, index) => all.findIndex((other) => other.key === one.key) < index);
}
