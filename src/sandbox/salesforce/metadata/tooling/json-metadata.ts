import { elementsOf } from '../types/element-table.js';
import { element, type XmlElement } from '../xml/element.js';

/** The Tooling API's JSON form of a component as the element that a file would hold. */
export function fromJson(name: string, value: unknown): XmlElement {
  if (typeof value !== 'object' || value === null) return element(name, String(value ?? ''));
  const children = Object.entries(value).flatMap(([key, content]) => {
    const childName = key === 'valueName' ? 'fullName' : key;
    const items: readonly unknown[] = Array.isArray(content) ? content : [content];
    return items
      .filter((item) => item !== null && item !== undefined)
      .map((item) => fromJson(childName, item));
  });
  return element(name, children);
}

/** And back: numbers and booleans as such, repeated elements as lists. */
export function toJson(from: XmlElement, type: string): Record<string, unknown> {
  const json: Record<string, unknown> = {};
  for (const child of from.children) {
    const rule = elementsOf(type)?.get(child.name);
    const value = contentOf(child, rule?.kind ?? 'string');
    const known = json[child.name];
    if (rule?.repeats) json[child.name] = [...(Array.isArray(known) ? known : []), value];
    else json[child.name] = value;
  }
  return json;
}

function contentOf(from: XmlElement, kind: string): unknown {
  if (from.children.length > 0) return toJson(from, kind);
  const text = from.text.trim();
  if (kind === 'boolean') return text === 'true' || text === '1';
  return kind === 'number' ? Number(text) : text;
}
