import { childOf, type XmlElement } from '../xml/element.js';
import { METADATA_NAMESPACE } from '../xml/render.js';
import { type ElementRule, elementsOf } from './element-table.js';
import { error, type Problem, warning } from './problem.js';

/**
 * Names, repetition, plain values and order of an element of a known type, all the way down.
 * A name that comes again after another one is refused by the platform as duplicated even where it
 * may repeat; any other order is accepted, so it is only a warning here.
 */
export function checkElements(root: XmlElement, type: string): readonly Problem[] {
  const rules = elementsOf(type);
  if (!rules) return [];
  return [
    ...unknownOrScattered(root, type, rules),
    ...missing(root, rules),
    // The CLI composes an object from many files and puts its own elements first: no author's order.
    ...(type === 'CustomObject' ? [] : outOfOrder(root, type, rules)),
    ...root.children.flatMap((child) => checkChild(child, rules.get(child.name))),
  ];
}

/** Only the first level: what makes a whole file unreadable. */
export function checkOutline(root: XmlElement, type: string): readonly Problem[] {
  const rules = elementsOf(type);
  return rules ? unknownOrScattered(root, type, rules) : [];
}

function checkChild(child: XmlElement, rule: ElementRule | undefined): readonly Problem[] {
  if (!rule || rule.kind === 'any') return [];
  if (rule.kind === 'string' || rule.kind === 'boolean' || rule.kind === 'number') return plain(child, rule);
  return checkElements(child, rule.kind);
}

function plain(child: XmlElement, { kind }: ElementRule): readonly Problem[] {
  const inner = child.children[0];
  if (inner) return [parsing(inner, `Element ${qualified(inner.name)} invalid at this location`)];
  const text = child.text.trim();
  if (kind === 'boolean' && !/^(true|false|0|1)$/.test(text)) {
    return [parsing(child, `'${text}' is not a valid value for ${child.name}: must be true or false`)];
  }
  if (kind === 'number' && (text === '' || Number.isNaN(Number(text)))) {
    return [parsing(child, `'${text}' is not a valid value for ${child.name}: must be a number`)];
  }
  return [];
}

function unknownOrScattered(
  root: XmlElement,
  type: string,
  rules: ReadonlyMap<string, ElementRule>,
): readonly Problem[] {
  const closed = new Set<string>();
  const problems: Problem[] = [];
  let previous = '';
  for (const child of root.children) {
    const rule = rules.get(child.name);
    if (!rule)
      problems.push(
        parsing(child, `Element ${qualified(child.name)} invalid at this location in type ${type}`),
      );
    else if (closed.has(child.name) || (child.name === previous && !rule.repeats)) {
      problems.push(
        parsing(child, `Element ${qualified(child.name)} is duplicated at this location in type ${type}`),
      );
    }
    if (child.name !== previous) closed.add(previous);
    previous = child.name;
  }
  return problems;
}

function missing(root: XmlElement, rules: ReadonlyMap<string, ElementRule>): readonly Problem[] {
  return [...rules.values()]
    .filter((rule) => rule.required && !childOf(root, rule.name))
    .map((rule) => error(`Required field is missing: ${rule.name}`, root));
}

function outOfOrder(
  root: XmlElement,
  type: string,
  rules: ReadonlyMap<string, ElementRule>,
): readonly Problem[] {
  const rank = new Map([...rules.keys()].map((name, index) => [name, index]));
  let highest = -1;
  for (const child of root.children) {
    const place = rank.get(child.name);
    if (place === undefined) continue;
    if (place < highest)
      return [warning(`Element ${child.name} is out of canonical order in type ${type}`, child)];
    highest = place;
  }
  return [];
}

function parsing(at: XmlElement, text: string): Problem {
  return error(`Error parsing file: ${text}`, at);
}

function qualified(name: string): string {
  return `{${METADATA_NAMESPACE}}${name}`;
}
