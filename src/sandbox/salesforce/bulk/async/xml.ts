import { XMLParser } from 'fast-xml-parser';
import { BulkRefusal } from './refusal.js';

const NAMESPACE = 'http://www.force.com/2009/06/asyncapi/dataload';
const parser = new XMLParser({ parseTagValue: false, removeNSPrefix: true, ignoreAttributes: true });

/** The child elements of the root element that was sent; refused when it is no such XML. */
export function elementsOf(xml: string, root: string): Readonly<Record<string, string>> {
  const parsed = parse(xml)[root];
  if (typeof parsed !== 'object' || parsed === null)
    throw new BulkRefusal('InvalidXML', `The root element must be ${root}`);
  const texts = Object.entries(parsed).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(texts);
}

function parse(xml: string): Readonly<Record<string, unknown>> {
  try {
    return parser.parse(xml);
  } catch (error) {
    throw new BulkRefusal('InvalidXML', String(error));
  }
}

export type XmlValues = Readonly<Record<string, string | number | null>>;

/** `<root><name>value</name>…</root>`; null values are left out. */
export function element(root: string, values: XmlValues): string {
  const inner = Object.entries(values).map(([name, value]) =>
    value === null ? '' : `<${name}>${escaped(String(value))}</${name}>`,
  );
  return `<${root} xmlns="${NAMESPACE}">${inner.join('')}</${root}>`;
}

export function list(root: string, elements: readonly string[]): string {
  return `<${root} xmlns="${NAMESPACE}">${elements.join('')}</${root}>`;
}

export function documentOf(xml: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${xml}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
