import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { XmlElement } from './element.js';

export interface XmlProblem {
  readonly problem: string;
  readonly line: number;
  readonly column: number;
}

export type ParsedXml =
  | { readonly root: XmlElement; readonly problem?: never }
  | { readonly root?: never; readonly problem: XmlProblem };

type Node = Readonly<Record<string | symbol, unknown>>;

const PARSER = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  captureMetaData: true,
  htmlEntities: true,
});
// Typed as the wrapper `Symbol`; it is a plain one.
const PLACE = XMLParser.getMetaDataSymbol() as symbol;
const ENTITY = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)([\w.-]*)/;
const NOT_MARKUP = /<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->/g;

/** Reads one XML document with the place of every element, or says where it is malformed. */
export function parseXml(source: string): ParsedXml {
  const text = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const problem = malformed(text);
  if (problem) return { problem };
  const nodes: unknown = PARSER.parse(text);
  const places = placesIn(text);
  const root = elementsOf(nodes, places)[0];
  return root ? { root } : { problem: { problem: 'Premature end of file.', line: 1, column: 1 } };
}

function malformed(text: string): XmlProblem | undefined {
  if (text.trim() === '') return { problem: 'Premature end of file.', line: 1, column: 1 };
  if (/<!DOCTYPE/i.test(text)) {
    return { problem: 'DOCTYPE is disallowed.', ...placesIn(text).at(text.search(/<!DOCTYPE/i)) };
  }
  const validity = XMLValidator.validate(text);
  if (validity !== true) {
    return { problem: validity.err.msg, line: validity.err.line, column: validity.err.col ?? 1 };
  }
  const markup = text.replace(NOT_MARKUP, (hidden) => hidden.replace(/[^\n]/g, ' '));
  const entity = ENTITY.exec(markup);
  if (!entity) return undefined;
  return {
    problem: `The entity "${entity[1]}" was referenced, but not declared.`,
    ...placesIn(text).at(entity.index),
  };
}

interface Places {
  readonly text: string;
  readonly at: (index: number) => { readonly line: number; readonly column: number };
}

function placesIn(text: string): Places {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const at: Places['at'] = (index) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: index - (starts[low] ?? 0) + 1 };
  };
  return { text, at };
}

function elementsOf(nodes: unknown, places: Places): readonly XmlElement[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.flatMap((node: Node) => {
    const tag = Object.keys(node).find((key) => key !== ':@');
    if (tag === undefined || tag.startsWith('#') || tag.startsWith('?')) return [];
    const inner = node[tag];
    return [
      {
        name: localName(tag),
        attributes: attributesOf(node),
        text: ownText(inner),
        children: elementsOf(inner, places),
        ...behindTag(node, places),
      },
    ];
  });
}

/** The line of the tag, and the column behind its `>`. (A `>` inside an attribute would be taken for it.) */
function behindTag(node: Node, { at, text }: Places): { line: number; column: number } {
  const place = node[PLACE];
  const start =
    typeof place === 'object' && place !== null && 'startIndex' in place ? Number(place.startIndex) : 0;
  const { line, column } = at(start);
  return { line, column: column + text.indexOf('>', start) - start + 1 };
}

function attributesOf(node: Node): Readonly<Record<string, string>> {
  const attributes = node[':@'];
  if (typeof attributes !== 'object' || attributes === null) return {};
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [localName(name), String(value)]),
  );
}

function ownText(inner: unknown): string {
  if (!Array.isArray(inner)) return '';
  return inner
    .map((node: Node) => node['#text'])
    .filter((text) => typeof text === 'string')
    .join('');
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
