import type { AnalyticsFile, Piece } from './analytics-file.js';
import { NAMESPACE } from './element.js';
import { PLACES } from './places.js';
import { readXml } from './read-xml.js';
import { ROOT } from './source-folder.js';

/** Something wrong in a file of a source folder, by file and line. */
export interface SourceProblem {
  readonly file: string;
  readonly line: number;
  readonly sentence: string;
}

/** A component as it stands in its file, with the lines of its elements. */
export type SourceFile = AnalyticsFile;

export interface ReadSource {
  readonly components: readonly SourceFile[];
  /** Files of page components: path -> text. */
  readonly bundled: ReadonlyMap<string, string>;
  readonly problems: readonly SourceProblem[];
}

/** Every file of a source folder by its type and name, or why it is none. */
export function readSource(files: ReadonlyMap<string, string>): ReadSource {
  const components: SourceFile[] = [];
  const problems: SourceProblem[] = [];
  const bundled = new Map<string, string>();
  for (const [file, text] of files) {
    if (file === 'sfdx-project.json') continue;
    if (file.startsWith(`${ROOT}/lwc/`)) bundled.set(file, text);
    if (file.startsWith(`${ROOT}/lwc/`) && !file.endsWith('-meta.xml')) continue;
    const read = readOne(file, text);
    if ('sentence' in read) problems.push(read);
    else components.push(read);
  }
  return { components, bundled, problems };
}

function readOne(file: string, text: string): SourceFile | SourceProblem {
  const place = placeOfFile(file);
  if (place === null) return { file, line: 1, sentence: 'No component lies at this place.' };
  const read = readXml(text);
  if (!('root' in read))
    return { file, line: read.line, sentence: `This is not well-formed XML: ${read.problem}` };
  const { root, namespace } = read;
  if (root.name !== place.type)
    return { file, line: root.line, sentence: `The root is ${root.name}, but belongs to a ${place.type}.` };
  if (namespace !== NAMESPACE)
    return { file, line: root.line, sentence: `The namespace is not ${NAMESPACE}.` };
  const content = typeof root.content === 'string' ? [] : root.content;
  return { ...place, file, content };
}

interface NamedPlace {
  readonly type: string;
  readonly fullName: string;
}

/** `objects/Account/fields/X__c.field-meta.xml` -> `CustomField` `Account.X__c`. */
function placeOfFile(file: string): NamedPlace | null {
  const path = file.slice(ROOT.length + 1);
  for (const [type, { folder, suffix, layout }] of PLACES) {
    const ending = layout === 'bundle' ? '.js-meta.xml' : `.${suffix}-meta.xml`;
    if (!path.endsWith(ending)) continue;
    const parts = path.slice(0, -ending.length).split('/');
    const name = nameIn(parts, layout, folder);
    if (name !== null) return { type, fullName: name };
  }
  return null;
}

function nameIn(parts: readonly string[], layout: string, folder: string): string | null {
  const [first = '', object = '', kind = '', name = ''] = parts;
  if (layout === 'part')
    return first === 'objects' && kind === folder && parts.length === 4 ? `${object}.${name}` : null;
  if (first !== folder) return null;
  if (layout === 'foldered') return parts.length === 3 ? `${object}/${kind}` : null;
  if (layout === 'bundle' || folder === 'objects')
    return parts.length === 3 && object === kind ? object : null;
  return parts.length === 2 ? object : null;
}

/** Says what is wrong in a file: at an element, or at its root. */
export function problemIn(file: SourceFile): (sentence: string, at?: Piece) => SourceProblem {
  return (sentence, at) => ({ file: file.file, line: at?.line ?? 1, sentence });
}
