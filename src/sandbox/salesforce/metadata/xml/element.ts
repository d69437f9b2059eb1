/** An XML element without its namespace prefix, and where it was read. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The element's own text, entities resolved, untrimmed. */
  readonly text: string;
  readonly children: readonly XmlElement[];
  /** 1-based line, and column just behind the opening tag: where the platform points. */
  readonly line: number;
  readonly column: number;
}

/** An element that was not read but made, so it has no place. */
export function element(name: string, content: string | readonly XmlElement[]): XmlElement {
  const isText = typeof content === 'string';
  return {
    name,
    attributes: {},
    text: isText ? content : '',
    children: isText ? [] : content,
    line: 1,
    column: 1,
  };
}

export function childOf(parent: XmlElement, name: string): XmlElement | undefined {
  return parent.children.find((child) => child.name === name);
}

export function childrenOf(parent: XmlElement, name: string): readonly XmlElement[] {
  return parent.children.filter((child) => child.name === name);
}

/** Trimmed text of a child; '' when the child is absent or empty. */
export function textOf(parent: XmlElement, name: string): string {
  return childOf(parent, name)?.text.trim() ?? '';
}

export function textsOf(parent: XmlElement, name: string): readonly string[] {
  return childrenOf(parent, name).map((child) => child.text.trim());
}

export function isTrue(parent: XmlElement, name: string): boolean {
  return /^(true|1)$/i.test(textOf(parent, name));
}

/** NaN when the child is absent or no number. */
export function numberOf(parent: XmlElement, name: string): number {
  const text = textOf(parent, name);
  return text === '' ? Number.NaN : Number(text);
}

/** First descendant with this name, depth first, the element itself included. */
export function findElement(from: XmlElement, name: string): XmlElement | undefined {
  if (from.name === name) return from;
  for (const child of from.children) {
    const found = findElement(child, name);
    if (found) return found;
  }
  return undefined;
}

/** Every descendant with this name, the element itself included. */
export function allElements(from: XmlElement, name: string): readonly XmlElement[] {
  const below = from.children.flatMap((child) => allElements(child, name));
  return from.name === name ? [from, ...below] : below;
}

/** Content without places, order of different names aside: equal text = nothing would change. */
export function fingerprint(of: XmlElement): string {
  const inner = of.children.map(fingerprint);
  const names = of.children.map((child) => child.name);
  const sorted = inner
    .map((text, index) => ({ text, name: names[index] ?? '', index }))
    .sort((a, b) => (a.name === b.name ? a.index - b.index : a.name < b.name ? -1 : 1))
    .map((entry) => entry.text);
  return `<${of.name}>${sorted.length > 0 ? sorted.join('') : of.text.trim()}</>`;
}
