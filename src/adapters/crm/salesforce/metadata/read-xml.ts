import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Element } from './element.js';

/** An element as it stands in a file. */
export interface ReadElement extends Element {
  readonly content: string | readonly ReadElement[];
  /** 1-based line of its opening tag. */
  readonly line: number;
}

export type ReadXml =
  | { readonly root: ReadElement; readonly namespace: string | null }
  | { readonly problem: string; readonly line: number };

const PARSER = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  trimValues: false,
  captureMetaData: true,
  processEntities: true,
});
const PLACE = XMLParser.getMetaDataSymbol() as symbol;

type Node = Readonly<Record<string | symbol, unknown>>;

/** Reads one document, or says where it is malformed. Prefixes of names are left out. */
export function readXml(text: string): ReadXml {
  const checked = XMLValidator.validate(text);
  if (checked !== true) return { problem: checked.err.msg, line: checked.err.line };
  const entity = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)/.exec(text);
  if (entity) return { problem: 'An & stands for itself; write &amp;', line: lineAt(text, entity.index) };
  const nodes = PARSER.parse(text) as readonly Node[];
  const top = nodes.find((node) => !tagOf(node).startsWith('?'));
  const [root] = top === undefined ? [] : read([top], lineFinder(text));
  if (top === undefined || root === undefined) return { problem: 'The file is empty', line: 1 };
  const attributes = top[':@'];
  const given: unknown =
    typeof attributes === 'object' && attributes !== null ? Reflect.get(attributes, 'xmlns') : null;
  return { root, namespace: typeof given === 'string' ? given : null };
}

type LineOf = (index: number) => number;

function read(nodes: readonly Node[], lineOf: LineOf): readonly ReadElement[] {
  return nodes.flatMap((node) => {
    const tag = tagOf(node);
    if (tag.startsWith('#') || tag.startsWith('?')) return [];
    const inner = (node[tag] ?? []) as readonly Node[];
    const line = lineOf(startOf(node));
    const children = read(inner, lineOf);
    return [
      { name: tag.replace(/^\w+:/, ''), content: children.length > 0 ? children : ownText(inner), line },
    ];
  });
}

function tagOf(node: Node): string {
  return Object.keys(node).find((key) => key !== ':@') ?? '#';
}

function ownText(inner: readonly Node[]): string {
  return inner
    .map((node) => node['#text'])
    .filter((text) => typeof text === 'string')
    .join('');
}

function startOf(node: Node): number {
  const place = node[PLACE];
  return typeof place === 'object' && place !== null ? Number(Reflect.get(place, 'startIndex') ?? 0) : 0;
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

/** Elements come in the order of the text, so the search goes on from where it stopped. */
function lineFinder(text: string): LineOf {
  let line = 1;
  let at = 0;
  return (index) => {
    if (index < at) return lineAt(text, index);
    line += lineAt(text.slice(at, index), index - at) - 1;
    at = index;
    return line;
  };
}
