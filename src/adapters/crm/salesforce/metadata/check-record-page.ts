import { type Piece, pieceOf, piecesOf, textOf, textsOf } from './analytics-file.js';
import { problemIn, type SourceFile, type SourceProblem } from './source-files.js';
import { childBy, fieldIn, type SourceWorld } from './source-world.js';

type Tell = ReturnType<typeof problemIn>;

interface Page {
  readonly object: string;
  readonly facets: ReadonlySet<string>;
  readonly world: SourceWorld;
  readonly tell: Tell;
}

export function checkRecordPage(file: SourceFile, world: SourceWorld): readonly SourceProblem[] {
  const tell = problemIn(file);
  const object = textOf(file, 'sobjectType');
  if (!world.fields.has(object)) return [tell(`There is no object ${object}.`, pieceOf(file, 'sobjectType'))];
  const regions = piecesOf(file, 'flexiPageRegions');
  const items = regions.flatMap((region) => piecesOf(region, 'itemInstances'));
  const facets = regions
    .filter((region) => textOf(region, 'type') === 'Facet')
    .map((region) => textOf(region, 'name'));
  const page: Page = { object, facets: new Set(facets), world, tell };
  const instances = items.flatMap(({ content }) => (typeof content === 'string' ? [] : content));
  return [
    ...repeated(regions, 'name').map((one) =>
      tell(`The region ${textOf(one, 'name')} stands there twice.`, one),
    ),
    ...repeated(instances, 'identifier').map((one) =>
      tell(`The identifier ${textOf(one, 'identifier')} stands there twice.`, one),
    ),
    ...items
      .filter(({ content }) => typeof content === 'string' || content.length !== 1)
      .map((one) => tell('An item is one component or one field.', one)),
    ...instances.flatMap((one) =>
      one.name === 'fieldInstance' ? checkField(one, page) : checkComponent(one, page),
    ),
  ];
}

function repeated(pieces: readonly Piece[], key: string): readonly Piece[] {
  const keys = pieces.map((one) => textOf(one, key));
  return pieces.filter((one, index) => keys.indexOf(textOf(one, key)) < index);
}

function checkField(instance: Piece, { object, world, tell }: Page): readonly SourceProblem[] {
  const item = textOf(instance, 'fieldItem');
  const [root, field = ''] = item.split('.');
  return root === 'Record' && fieldIn(world, object, field) !== undefined
    ? []
    : [tell(`${object} has no field ${item}.`, instance)];
}

function checkComponent(instance: Piece, page: Page): readonly SourceProblem[] {
  const { world, tell } = page;
  const name = textOf(instance, 'componentName');
  const isOwn = !name.includes(':');
  return [
    ...(isOwn && !world.names.has(`LightningComponentBundle ${name}`)
      ? [tell(`There is no component ${name}.`, instance)]
      : []),
    ...piecesOf(instance, 'componentInstanceProperties').flatMap((one) => checkProperty(one, page)),
  ];
}

/** Properties that name something else: a facet, a child relationship, buttons. */
function checkProperty(property: Piece, { object, facets, world, tell }: Page): readonly SourceProblem[] {
  const name = textOf(property, 'name');
  const value = textOf(property, 'value');
  if ((name === 'body' || name === 'columns') && !facets.has(value))
    return [tell(`There is no facet ${value}.`, property)];
  if (name === 'relatedListApiName' && value.endsWith('__r') && childBy(world, object, value) === undefined)
    return [tell(`No records hang on ${object} by ${value}.`, property)];
  if (name !== 'actionNames') return [];
  const list = pieceOf(property, 'valueList');
  const actions = list ? piecesOf(list, 'valueListItems').flatMap((item) => textsOf(item, 'value')) : [];
  return actions
    .filter((action) => action.includes('.') && !world.names.has(`QuickAction ${action}`))
    .map((action) => tell(`There is no button ${action}.`, property));
}
