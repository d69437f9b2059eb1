/** A piece of metadata XML: a name with a text, or with pieces in the order in which they are written. */
export interface Element {
  readonly name: string;
  readonly content: string | readonly Element[];
}

/** One component of the org: `CustomField` `Account.Truenorth_Score__c` and what it says. */
export interface Component {
  readonly type: string;
  readonly fullName: string;
  /** Without the root and its full name; ordered as Salesforce itself writes them. */
  readonly content: readonly Element[];
  /** Source files of a page component, by their name in its folder; absent where all is XML. */
  readonly files?: Readonly<Record<string, string>>;
}

type Content = string | number | boolean | readonly Element[];
type Contents = Content | readonly string[] | readonly (readonly Element[])[] | null;

export function element(name: string, content: Content): Element {
  return { name, content: isElements(content) ? content : String(content) };
}

/** Elements by name, those without a content left out; lists repeat their name. Sorted as Salesforce writes them. */
export function elements(contents: Readonly<Record<string, Contents>>): readonly Element[] {
  return Object.keys(contents)
    .sort(canonically)
    .flatMap((name) => repeated(name, contents[name] ?? null));
}

/** The full name comes first, the rest by alphabet. */
export function canonically(a: string, b: string): number {
  if (a === b) return 0;
  if (a === 'fullName') return -1;
  return b === 'fullName' || a > b ? 1 : -1;
}

function repeated(name: string, content: Contents): readonly Element[] {
  if (content === null) return [];
  if (typeof content !== 'object') return [element(name, content)];
  if (content.length === 0) return [];
  if (isElements(content)) return [element(name, content)];
  return (content as readonly (string | readonly Element[])[]).map((one) => element(name, one));
}

function isElements(content: unknown): content is readonly Element[] {
  return (
    Array.isArray(content) &&
    content.every((one) => typeof one === 'object' && one !== null && 'name' in one && 'content' in one)
  );
}

export function childrenOf({ content }: Element, name: string): readonly Element[] {
  return typeof content === 'string' ? [] : content.filter((child) => child.name === name);
}

/** Trimmed text of the first child of that name; '' when there is none. */
export function textOf(parent: Element, name: string): string {
  const [child] = childrenOf(parent, name);
  return typeof child?.content === 'string' ? child.content.trim() : '';
}

export const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

/** A whole file. */
export function xmlFile(root: string, content: readonly Element[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${NAMESPACE}">\n${lines(content, 1)}</${root}>\n`;
}

function lines(content: readonly Element[], depth: number): string {
  const indent = '    '.repeat(depth);
  return content
    .map(({ name, content: inner }) =>
      typeof inner === 'string'
        ? `${indent}<${name}>${escapeXml(inner)}</${name}>\n`
        : `${indent}<${name}>\n${lines(inner, depth + 1)}${indent}</${name}>\n`,
    )
    .join('');
}

export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}
