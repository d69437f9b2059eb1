import { KINDS, kindOfFile } from '../kinds/index.js';
import { OBJECT_PARTS, partNames } from '../kinds/object-parts.js';
import { checkOutline } from '../types/check-elements.js';
import { error, isError, type Problem } from '../types/problem.js';
import { textOf, type XmlElement } from '../xml/element.js';
import { parseXml } from '../xml/parse.js';
import type { Archive, ManifestType } from './archive.js';
import type { Component } from './component.js';

/** A file or member that can't become a component. */
export interface Misfit {
  readonly type: string;
  readonly fullName: string;
  readonly fileName: string;
  readonly problem: Problem;
}

export interface ReadComponents {
  readonly components: readonly Component[];
  readonly misfits: readonly Misfit[];
}

/** What an archive asks to deploy: everything that package.xml names, found in its files. */
export function readComponents(archive: Archive): ReadComponents {
  const found: Component[] = [];
  const misfits: Misfit[] = [];
  for (const [path, text] of archive.files) {
    if (!path.includes('/') || isBesideBundle(path)) continue;
    const file = readFile(path, text, archive.files);
    found.push(...file.components);
    misfits.push(...file.misfits);
  }
  const wanted = wantedBy(archive.manifest.types);
  const named = found.filter((one) => wanted(one));
  const broken = new Set(misfits.map((one) => one.fileName));
  return {
    components: named,
    misfits: [
      ...misfits,
      ...notNamed(found, named).filter((one) => !broken.has(one.fileName)),
      ...archive.manifest.types.flatMap((block) => notFound(block, found, misfits)),
    ],
  };
}

const BUNDLE = /^(lwc\/[^/]+\/)[^/]+$/;

/** A file of a bundle that is not the one which describes it. */
function isBesideBundle(path: string): boolean {
  return BUNDLE.test(path) && !path.endsWith('.js-meta.xml');
}

/** What lies in the same folder, by name. */
function bundleOf(path: string, all: ReadonlyMap<string, string>): ReadonlyMap<string, string> | undefined {
  const folder = BUNDLE.exec(path)?.[1];
  if (folder === undefined) return undefined;
  const own = [...all].filter(([other]) => other.startsWith(folder));
  return new Map(own.map(([other, text]) => [other.slice(folder.length), text]));
}

function readFile(path: string, text: string, all: ReadonlyMap<string, string>): ReadComponents {
  const place = kindOfFile(path);
  if (!place) {
    const problem = error('This embedded org does not know files of this kind', { line: 1, column: 1 });
    return { components: [], misfits: [{ type: '', fullName: path, fileName: path, problem }] };
  }
  const { type, fullName } = place;
  const misfit = (problem: Problem): Misfit => ({ type, fullName, fileName: path, problem });
  const { root, problem } = parseXml(text);
  if (!root) {
    return { components: [], misfits: [misfit(error(`Error parsing file: ${problem.problem}`, problem))] };
  }
  const wrong = [...wrongRoot(root, place.root), ...checkOutline(root, place.root).filter(isError)];
  if (wrong.length > 0) return { components: [], misfits: wrong.map(misfit) };
  const files = bundleOf(path, all);
  const whole: Component = {
    type,
    fullName,
    fileName: path,
    element: root,
    ...(files === undefined ? {} : { files }),
  };
  return { components: type === 'CustomObject' ? objectAndParts(whole) : [whole], misfits: [] };
}

function wrongRoot(root: XmlElement, expected: string): readonly Problem[] {
  return root.name === expected
    ? []
    : [
        error(
          `Error parsing file: Element ${root.name} invalid at this location: expected ${expected}`,
          root,
        ),
      ];
}

/** An object's file holds the object itself and its fields, list views … as components of their own. */
export function objectAndParts(whole: Component): readonly Component[] {
  const own: XmlElement = {
    ...whole.element,
    children: whole.element.children.filter((child) => !partNames.has(child.name)),
  };
  const parts = OBJECT_PARTS.flatMap(({ element: name, type }) =>
    whole.element.children
      .filter((child) => child.name === name)
      .map((child) => ({
        type,
        fullName: `${whole.fullName}.${textOf(child, 'fullName')}`,
        fileName: whole.fileName,
        element: child,
      })),
  );
  return [{ ...whole, element: own }, ...parts];
}

type Wanted = (component: Component) => boolean;

function wantedBy(types: readonly ManifestType[]): Wanted {
  const names = new Map<string, Set<string>>();
  for (const { type, members } of types) {
    names.set(type, new Set([...(names.get(type) ?? []), ...members]));
  }
  const isNamed = (type: string, fullName: string): boolean => {
    const members = names.get(type);
    return members?.has(fullName) === true || (members?.has('*') === true && !partTypes.has(type));
  };
  return ({ type, fullName }) =>
    isNamed(type === 'ReportFolder' ? 'Report' : type === 'DashboardFolder' ? 'Dashboard' : type, fullName) ||
    (partTypes.has(type) && isNamed('CustomObject', fullName.slice(0, fullName.indexOf('.'))));
}

const partTypes: ReadonlySet<string> = new Set(OBJECT_PARTS.map((part) => part.type));

/** Files of which nothing at all is named. */
function notNamed(found: readonly Component[], named: readonly Component[]): readonly Misfit[] {
  const used = new Set(named.map((one) => one.fileName));
  const unused = new Map(found.filter((one) => !used.has(one.fileName)).map((one) => [one.fileName, one]));
  return [...found]
    .filter((one) => unused.get(one.fileName) !== undefined && !partTypes.has(one.type))
    .map(({ type, fullName, fileName }) => ({
      type,
      fullName,
      fileName,
      problem: error('Not in package.xml', { line: 1, column: 1 }),
    }));
}

function notFound(
  block: ManifestType,
  found: readonly Component[],
  misfits: readonly Misfit[],
): readonly Misfit[] {
  const at = { type: '', fullName: 'package.xml', fileName: 'package.xml' };
  const { type, members, element } = block;
  if (!KINDS.has(type)) {
    return [{ ...at, problem: error(`Unknown type name '${type}' specified in package.xml`, element) }];
  }
  const names = new Set([...found, ...misfits].map((one) => `${baseType(one.type)} ${one.fullName}`));
  return members
    .filter((member) => member !== '*' && !names.has(`${type} ${member}`) && !brokenOwner(member, misfits))
    .map((member) => ({
      ...at,
      problem: error(
        `An object '${member}' of type ${type} was named in package.xml, but was not found in zipped directory`,
        element,
      ),
    }));
}

function baseType(type: string): string {
  return type.replace(/Folder$/, '');
}

/** A member whose file could not be read is not missing too. */
function brokenOwner(member: string, misfits: readonly Misfit[]): boolean {
  return misfits.some((one) => one.type === 'CustomObject' && member.startsWith(`${one.fullName}.`));
}
