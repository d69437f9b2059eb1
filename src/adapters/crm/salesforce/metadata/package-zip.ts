import { strToU8, zipSync } from 'fflate';
import { localNameOf, ownerOf } from './component.js';
import { type Component, canonically, type Element, element, elements, xmlFile } from './element.js';
import { placeOf } from './places.js';
import { bundleFiles } from './source-folder.js';

type Files = readonly (readonly [string, string])[];

/** Components in the form of a metadata deploy: path -> text. Pure. */
export function packageFiles(
  components: readonly Component[],
  apiVersion: string,
): ReadonlyMap<string, string> {
  return new Map([
    ['package.xml', manifest(components, apiVersion)],
    ...objectFiles(components),
    ...components.flatMap(ownFiles),
  ]);
}

/** An empty package that deletes components, in the order in which Salesforce takes them out itself. */
export function deletionFiles(
  parts: readonly Pick<Component, 'type' | 'fullName'>[],
  apiVersion: string,
): ReadonlyMap<string, string> {
  return new Map([
    ['package.xml', manifest([], apiVersion)],
    ['destructiveChanges.xml', manifest(parts, null)],
  ]);
}

export function zipped(files: ReadonlyMap<string, string>): Uint8Array {
  return zipSync(Object.fromEntries([...files].map(([path, text]) => [path, strToU8(text)])));
}

function manifest(
  components: readonly Pick<Component, 'type' | 'fullName'>[],
  version: string | null,
): string {
  return xmlFile('Package', manifestContent(components, version));
}

export function manifestContent(
  components: readonly Pick<Component, 'type' | 'fullName'>[],
  version: string | null,
): readonly Element[] {
  const byType = Map.groupBy(components, ({ type }) => placeOf(type).member);
  const types = [...byType.keys()].sort().map((name) => {
    const members = (byType.get(name) ?? []).map(({ fullName }) => fullName).sort();
    return element('types', elements({ members, name }));
  });
  return [...types, ...(version === null ? [] : [element('version', version)])];
}

/** An object's file holds what is deployed of it: itself, or only some of its parts. */
function objectFiles(components: readonly Component[]): Files {
  const whole = new Map(
    components.filter(({ type }) => type === 'CustomObject').map((one) => [one.fullName, one.content]),
  );
  const parts = components.filter(({ type }) => placeOf(type).layout === 'part');
  const objects = [...new Set([...whole.keys(), ...parts.map(({ fullName }) => ownerOf(fullName))])].sort();
  return objects.map((object) => {
    const own = parts.filter(({ fullName }) => ownerOf(fullName) === object).map(partElement);
    const content = [...(whole.get(object) ?? []), ...own];
    // A stable sort: parts of a kind keep their order.
    const ordered = [...content].sort((a, b) => canonically(a.name, b.name));
    return [`objects/${object}.object`, xmlFile('CustomObject', ordered)];
  });
}

function partElement({ type, fullName, content }: Component): Element {
  const name = placeOf(type).element ?? type;
  return element(name, [element('fullName', localNameOf(fullName)), ...content]);
}

function ownFiles({ type, fullName, content, files }: Component): Files {
  const { folder, layout, suffix } = placeOf(type);
  if (layout === 'part' || type === 'CustomObject') return [];
  if (files !== undefined) return bundleFiles(`${folder}/${fullName}`, files);
  const path = layout === 'folder' ? `${folder}/${fullName}-meta.xml` : `${folder}/${fullName}.${suffix}`;
  return [[path, xmlFile(type, content)]];
}
