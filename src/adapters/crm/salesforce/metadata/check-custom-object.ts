import { pieceOf, textOf } from './analytics-file.js';
import { problemIn, type SourceFile, type SourceProblem } from './source-files.js';
import type { SourceWorld } from './source-world.js';

/** These three are switched on and off together. */
const TOGETHER = ['enableBulkApi', 'enableSharing', 'enableStreamingApi'];
const MOST_MASTERS = 2;

export function checkCustomObject(
  file: SourceFile,
  { fields, names }: SourceWorld,
): readonly SourceProblem[] {
  const tell = problemIn(file);
  const own = [...(fields.get(file.fullName)?.values() ?? [])];
  const masters = own.filter(({ type }) => type === 'MasterDetail').length;
  const byParent = textOf(file, 'sharingModel') === 'ControlledByParent';
  const sharing = pieceOf(file, 'sharingModel');
  const nameField = pieceOf(file, 'nameField');
  const isNumbered = textOf(nameField, 'type') === 'AutoNumber';
  const layout = textOf(file, 'compactLayoutAssignment');
  return [
    ...(byParent === masters > 0 ? [] : [tell(sharingProblem(byParent), sharing)]),
    ...(masters > MOST_MASTERS ? [tell(`An object has at most ${MOST_MASTERS} parents.`)] : []),
    ...(isNumbered && !/\{0+\}/.test(textOf(nameField, 'displayFormat'))
      ? [tell('A number format holds a place like {0000}.', nameField)]
      : []),
    ...(new Set(TOGETHER.map((name) => textOf(file, name))).size > 1
      ? [tell(`${TOGETHER.join(', ')} go together.`, pieceOf(file, TOGETHER[0] ?? ''))]
      : []),
    ...(layout === '' || names.has(`CompactLayout ${file.fullName}.${layout}`)
      ? []
      : [tell(`There is no compact layout ${layout}.`, pieceOf(file, 'compactLayoutAssignment'))]),
  ];
}

function sharingProblem(byParent: boolean): string {
  return byParent
    ? 'Its sharing is controlled by a parent, but it has none.'
    : 'It has a parent, so its sharing is ControlledByParent.';
}

export function checkTab(file: SourceFile, { fields }: SourceWorld): readonly SourceProblem[] {
  return fields.has(file.fullName) ? [] : [problemIn(file)(`There is no object ${file.fullName}.`)];
}
