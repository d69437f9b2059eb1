import { component } from './component.js';
import { type Component, type Element, textOf } from './element.js';
import { PLACES } from './places.js';
import { readXml } from './read-xml.js';

/** What a retrieved package holds, as components; files that can't be read count as absent. */
export function readPackage(files: ReadonlyMap<string, string>): readonly Component[] {
  const bundles = new Map<string, Record<string, string>>();
  const found: Component[] = [];
  for (const [path, text] of files) {
    const [folder = '', name = '', inner] = path.split('/');
    if (folder === 'lwc' && inner !== undefined) bundles.set(name, { ...bundles.get(name), [inner]: text });
    else if (folder === 'objects') found.push(...objectAndParts(name.replace(/\.object$/, ''), text));
    else found.push(...plainFile(path, text));
  }
  const pages = [...bundles].map(([name, own]) => ({
    ...component('LightningComponentBundle', name, []),
    files: own,
  }));
  return [...found, ...pages];
}

function contentOf(text: string): readonly Element[] | null {
  const read = readXml(text);
  if (!('root' in read)) return null;
  return typeof read.root.content === 'string' ? [] : read.root.content;
}

const PARTS = new Map(
  [...PLACES].flatMap(([type, { layout, element }]) =>
    layout === 'part' && element !== null ? [[element, type] as const] : [],
  ),
);

function objectAndParts(object: string, text: string): readonly Component[] {
  const content = contentOf(text);
  if (content === null) return [];
  const own = content.filter(({ name }) => !PARTS.has(name) && name !== 'fullName');
  const parts = content.flatMap((one) => {
    const type = PARTS.get(one.name);
    if (type === undefined || typeof one.content === 'string') return [];
    const inner = one.content.filter(({ name }) => name !== 'fullName');
    return [component(type, `${object}.${textOf(one, 'fullName')}`, inner)];
  });
  return [component('CustomObject', object, own), ...parts];
}

function plainFile(path: string, text: string): readonly Component[] {
  const slash = path.indexOf('/');
  const rest = path.slice(slash + 1);
  for (const [type, { folder, suffix, layout }] of PLACES) {
    const ending = layout === 'folder' ? '-meta.xml' : `.${suffix}`;
    if (layout === 'part' || folder !== path.slice(0, slash) || !rest.endsWith(ending)) continue;
    const content = contentOf(text);
    return content === null ? [] : [component(type, rest.slice(0, -ending.length), content)];
  }
  return [];
}
