import { localNameOf, ownerOf } from './component.js';
import { type Component, element, xmlFile } from './element.js';
import { placeOf } from './places.js';

export const ROOT = 'force-app/main/default';

/** Components as an SFDX source folder: path -> text. Pure. */
export function sourceFolder(
  components: readonly Component[],
  apiVersion: string,
): ReadonlyMap<string, string> {
  const project = {
    packageDirectories: [{ path: 'force-app', default: true }],
    namespace: '',
    sfdcLoginUrl: 'https://login.salesforce.com',
    sourceApiVersion: apiVersion,
  };
  return new Map([
    ['sfdx-project.json', `${JSON.stringify(project, null, 2)}\n`],
    ...components.flatMap(filesOf),
  ]);
}

function filesOf(one: Component): readonly (readonly [string, string])[] {
  const { type, fullName, content, files } = one;
  const { folder, layout, suffix } = placeOf(type);
  if (files !== undefined) return bundleFiles(`${ROOT}/${folder}/${fullName}`, files);
  const full = layout === 'part' ? [element('fullName', localNameOf(fullName)), ...content] : content;
  return [[`${ROOT}/${pathOf(one)}.${suffix}-meta.xml`, xmlFile(type, full)]];
}

function pathOf({ type, fullName }: Component): string {
  const { folder, layout } = placeOf(type);
  if (layout === 'part') return `objects/${ownerOf(fullName)}/${folder}/${localNameOf(fullName)}`;
  return type === 'CustomObject' ? `objects/${fullName}/${fullName}` : `${folder}/${fullName}`;
}

/** A page component's own files, in its folder. */
export function bundleFiles(
  folder: string,
  files: Readonly<Record<string, string>>,
): readonly (readonly [string, string])[] {
  return Object.entries(files).map(([file, text]) => [`${folder}/${file}`, text]);
}
