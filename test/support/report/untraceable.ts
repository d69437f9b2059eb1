import { XMLParser } from 'fast-xml-parser';

interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Node | string)[];
}

const BARE = ['style', 'title', 'head', 'time'];

/**
 * Numbers of a page that do not say what they rest on: digits in a text that no `title` around it traces to n, period
 * and definition. Names of rows, quarters and products may hold digits: they are marked as labels.
 */
export function untraceable(html: string): readonly string[] {
  return walk(parse(html), false);
}

function walk({ name, attributes, children }: Node, traced: boolean): readonly string[] {
  if (BARE.includes(name) || 'data-label' in attributes || 'data-definition' in attributes) return [];
  const said = [attributes.title ?? '', ...children.flatMap(titleOf)];
  const here = traced || said.some(isTrace);
  return children.flatMap((child) => {
    if (typeof child !== 'string') return walk(child, here);
    return !here && /\d/.test(child) ? [child.trim()] : [];
  });
}

/** A picture says it by an element. */
function titleOf(child: Node | string): readonly string[] {
  if (typeof child === 'string' || child.name !== 'title') return [];
  return child.children.filter((text) => typeof text === 'string');
}

/** `n 312; 2026-Q4; Accounts that …`: all three, and a sentence that ends. */
function isTrace(title: string): boolean {
  const [first = '', ...rest] = title.split('; ');
  const named = /^n [\d,]+$/.test(first) || rest.some((part) => /^n [\d,]+$/.test(part));
  return named && rest.length >= 2 && /[A-Z][^;]{20,}\.$/.test(title);
}

function parse(html: string): Node {
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    allowBooleanAttributes: true,
    trimValues: false,
    unpairedTags: ['meta'],
    parseTagValue: false,
    stopNodes: ['*.style'],
  });
  const roots = parser.parse(html.replace(/^<!doctype html>/, '')) as readonly Raw[];
  return { name: 'page', attributes: {}, children: roots.flatMap(nodeOf) };
}

type Raw = Readonly<Record<string, unknown>>;

function nodeOf(raw: Raw): readonly (Node | string)[] {
  if ('#text' in raw) return [String(raw['#text'])];
  const attributes = (raw[':@'] ?? {}) as Readonly<Record<string, string>>;
  const name = Object.keys(raw).find((key) => key !== ':@') ?? '';
  return [{ name, attributes, children: ((raw[name] ?? []) as readonly Raw[]).flatMap(nodeOf) }];
}
