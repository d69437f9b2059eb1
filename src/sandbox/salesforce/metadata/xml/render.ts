import type { XmlElement } from './element.js';

export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** What a SOAP answer is made of; undefined and null leave the element out, a list repeats it. */
export type SoapValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly SoapValue[]
  | { readonly [name: string]: SoapValue }
  | RawXml;

/** Text that is XML already. */
export interface RawXml {
  readonly rawXml: string;
}

export function renderValue(name: string, value: SoapValue): string {
  if (value === undefined || value === null) return '';
  if (isList(value)) return value.map((item) => renderValue(name, item)).join('');
  if (typeof value !== 'object') return `<${name}>${escapeXml(String(value))}</${name}>`;
  if (isRaw(value)) return `<${name}${value.rawXml}</${name}>`;
  const inner = Object.entries(value).map(([child, content]) => renderValue(child, content));
  return `<${name}>${inner.join('')}</${name}>`;
}

function isList(value: SoapValue): value is readonly SoapValue[] {
  return Array.isArray(value);
}

function isRaw(value: object): value is RawXml {
  return 'rawXml' in value;
}

/** One element as indented lines, as the platform writes files that are retrieved. */
export function renderElement(of: XmlElement, indent = '', attributes = ''): string {
  const open = `${indent}<${of.name}${attributes}`;
  if (of.children.length === 0) {
    const text = of.text.trim();
    return text === '' ? `${open}/>\n` : `${open}>${escapeXml(text)}</${of.name}>\n`;
  }
  const inner = of.children.map((child) => renderElement(child, `${indent}    `)).join('');
  return `${open}>\n${inner}${indent}</${of.name}>\n`;
}

export const METADATA_NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

/** A whole file as retrieved. */
export function renderFile(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${renderElement(root, '', ` xmlns="${METADATA_NAMESPACE}"`)}`;
}
