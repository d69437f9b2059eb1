import { checkAnalytics } from './check-analytics.js';
import { checkBundles } from './check-bundle.js';
import { checkCustomField } from './check-custom-field.js';
import { checkCustomObject, checkTab } from './check-custom-object.js';
import { checkCompactLayout, checkLayout, checkListView, checkQuickAction } from './check-lists.js';
import { checkPermissionSet } from './check-permission-set.js';
import { checkRecordPage } from './check-record-page.js';
import { checkShape } from './check-shape.js';
import { ORG_SHAPES } from './org-shapes.js';
import { problemIn, readSource, type SourceFile, type SourceProblem } from './source-files.js';
import { childBy, type Fields, type SourceWorld, worldOf } from './source-world.js';

/**
 * Everything that is wrong in a source folder (path -> text), by file and line: malformed files, elements and their
 * order, attributes by type, lengths and ranges, and every reference. `outside`: fields that the org has anyway.
 */
export function checkSource(files: ReadonlyMap<string, string>, outside: Fields): readonly SourceProblem[] {
  const { components, bundled, problems } = readSource(files);
  const world = worldOf(components, outside);
  const analytics = checkAnalytics(components, {
    fields: (object) => {
      const own = world.fields.get(object);
      return own && new Map([...own].map(([name, { type }]) => [name, type]));
    },
    child: (object, relationship) => childBy(world, object, relationship),
  });
  return [
    ...problems,
    ...components.flatMap((file) => checkComponent(file, world)),
    ...analytics.map(({ file, line = 1, sentence }) => ({ file, line, sentence })),
    ...checkBundles(bundled, world),
  ];
}

type Rules = (file: SourceFile, world: SourceWorld) => readonly SourceProblem[];

const RULES: Readonly<Record<string, Rules>> = {
  CustomField: checkCustomField,
  CustomObject: checkCustomObject,
  ListView: checkListView,
  CompactLayout: checkCompactLayout,
  QuickAction: checkQuickAction,
  Layout: checkLayout,
  FlexiPage: checkRecordPage,
  CustomTab: checkTab,
  PermissionSet: checkPermissionSet,
};

/** References are looked at only in files whose elements are right. */
function checkComponent(file: SourceFile, world: SourceWorld): readonly SourceProblem[] {
  const shape = ORG_SHAPES[file.type];
  if (shape === undefined) return [];
  const tell = problemIn(file);
  const wrong = checkShape(file.content, shape, {
    name: file.type,
    tell: (sentence, at) => ({ ...tell(sentence, at), type: file.type, name: file.fullName }),
  }).map(({ file: path, line = 1, sentence }) => ({ file: path, line, sentence }));
  return wrong.length > 0 ? wrong : [...checkName(file), ...(RULES[file.type]?.(file, world) ?? [])];
}

const OWN_NAME = /^[A-Za-z](?:_?[A-Za-z0-9])*$/;
const LONGEST_NAME = 40;
/** A page layout is named by its label, a permission set may be longer. */
const OTHERWISE_NAMED = ['Layout', 'PermissionSet'];

/** Letters, digits and single underscores; the element within a part says the same as its file. */
function checkName(file: SourceFile): readonly SourceProblem[] {
  const tell = problemIn(file);
  const local = file.fullName.slice(file.fullName.indexOf('.') + 1);
  const inside = file.content.find(({ name }) => name === 'fullName');
  const wrong =
    inside !== undefined && inside.content !== local
      ? [tell(`The full name is ${String(inside.content)}, but the file is that of ${local}.`, inside)]
      : [];
  const own = local.replace(/__c$/, '');
  if (OTHERWISE_NAMED.includes(file.type)) return wrong;
  if (OWN_NAME.test(own) && own.length <= LONGEST_NAME) return wrong;
  return [
    ...wrong,
    tell(`${local} is no name: letters, digits and single underscores, at most ${LONGEST_NAME}.`, inside),
  ];
}
