import { lackingFiles } from './bundle.js';
import { type Component, childrenOf, type Element, textOf } from './element.js';

/**
 * Whether what the org holds says everything that we say: then nothing is to be done. What the platform or an
 * admin said beyond it is theirs: defaults, further picklist values, further grants, longer texts.
 */

/** By what entries of a list are known. */
const KEYS: Readonly<Record<string, string>> = {
  fieldPermissions: 'field',
  objectPermissions: 'object',
  tabSettings: 'tab',
  value: 'fullName',
};

/** Sizes that may be larger than ours. */
const AT_LEAST: ReadonlySet<string> = new Set(['length', 'precision', 'scale', 'visibleLines']);

/** Rights that may be given beyond ours. */
const RIGHTS: ReadonlySet<string> = new Set([
  'allowCreate',
  'allowDelete',
  'allowEdit',
  'allowRead',
  'editable',
  'modifyAllRecords',
  'readable',
  'viewAllRecords',
]);

/** What the org lacks of a component, in words; empty = nothing. */
export function lacking(wanted: Component, held: Component): readonly string[] {
  if (wanted.files !== undefined) return lackingFiles(wanted.files, held.files ?? {});
  return lackingIn(wanted.content, held.content);
}

function lackingIn(wanted: readonly Element[], held: readonly Element[]): readonly string[] {
  const found = wanted.flatMap((one) => {
    const candidates = held.filter(({ name }) => name === one.name);
    if (candidates.some((other) => says(other, one)) || (candidates.length === 0 && isDefault(one)))
      return [];
    return [nameOf(one)];
  });
  return [...new Set(found)];
}

/** `fieldPermissions Account.X__c`, `label`. */
function nameOf(one: Element): string {
  const key = KEYS[one.name];
  return key === undefined ? one.name : `${one.name} ${textOf(one, key)}`;
}

/** What is not written at all stands for false. */
function isDefault({ content }: Element): boolean {
  return content === 'false' || content === '';
}

function says(held: Element, wanted: Element): boolean {
  if (typeof wanted.content !== 'string') {
    if (typeof held.content === 'string') return false;
    return inOrder(held, wanted) && lackingIn(wanted.content, held.content).length === 0;
  }
  const ours = plain(wanted.content);
  const theirs = typeof held.content === 'string' ? plain(held.content) : '';
  if (AT_LEAST.has(wanted.name) && Number(theirs) >= Number(ours)) return true;
  if (RIGHTS.has(wanted.name) && theirs === 'true') return true;
  return theirs === ours;
}

/** Entries with a key are the same entry, or not to be compared. */
function inOrder(held: Element, wanted: Element): boolean {
  const key = KEYS[wanted.name];
  return key === undefined || textOf(held, key) === textOf(wanted, key);
}

function plain(text: string): string {
  return text.replace(/\r\n/g, '\n').trim();
}

/** Ours, with what the org holds beyond it: larger sizes, further values and grants stay as they are. */
export function merged(wanted: Component, held: Component): Component {
  return wanted.files === undefined
    ? { ...wanted, content: mergedContent(wanted.content, held.content) }
    : wanted;
}

function mergedContent(wanted: readonly Element[], held: readonly Element[]): readonly Element[] {
  const result: Element[] = [];
  for (const [index, one] of wanted.entries()) {
    result.push(mergedElement(one, held));
    const isLast = wanted[index + 1]?.name !== one.name;
    if (isLast && KEYS[one.name] !== undefined) result.push(...beyond(one.name, wanted, held));
  }
  return result;
}

function mergedElement(one: Element, held: readonly Element[]): Element {
  const other = held.find((candidate) => candidate.name === one.name && inOrder(candidate, one));
  if (other === undefined) return one;
  if (typeof one.content !== 'string') {
    const inner = typeof other.content === 'string' ? [] : other.content;
    return { ...one, content: mergedContent(one.content, inner) };
  }
  return (AT_LEAST.has(one.name) || RIGHTS.has(one.name)) && says(other, one)
    ? { ...one, content: plain(String(other.content)) }
    : one;
}

/** Entries of a list that are not ours: an admin's values and grants. */
function beyond(name: string, wanted: readonly Element[], held: readonly Element[]): readonly Element[] {
  const key = KEYS[name] ?? '';
  const ours = new Set(wanted.filter((one) => one.name === name).map((one) => textOf(one, key)));
  return childrenOf({ name, content: held }, name).filter((one) => !ours.has(textOf(one, key)));
}
