import { XMLParser } from 'fast-xml-parser';
import { type Component, textOf } from './element.js';
import { isMarked } from './mark.js';
import { readXml } from './read-xml.js';

/** The source files of a page component: what is lacking in them, and whose they are. */

type Files = Readonly<Record<string, string>>;

const ABOUT = '-meta.xml';

/** A page component has its description, and in it our mark, in one of its files. */
export function isMarkedBundle({ files = {} }: Component): boolean {
  const about = Object.entries(files).find(([file]) => file.endsWith(ABOUT));
  const read = about === undefined ? null : readXml(about[1]);
  return read !== null && 'root' in read && isMarked(textOf(read.root, 'description'));
}

/** Files that the org lacks, or that say something else there. */
export function lackingFiles(wanted: Files, held: Files): readonly string[] {
  return Object.entries(wanted).flatMap(([file, text]) => {
    const there = held[file];
    if (there === undefined) return [file];
    const same = file.endsWith(ABOUT) ? tellsAll(there, text) : plain(there) === plain(text);
    return same ? [] : [file];
  });
}

function plain(text: string): string {
  return text.replace(/\r\n/g, '\n').trim();
}

const PARSER = new XMLParser({ ignoreAttributes: false, parseTagValue: false });

/** Salesforce writes this file anew: in another order and layout, and with elements of its own beside ours. */
function tellsAll(held: string, wanted: string): boolean {
  const theirs = elementsOf(held);
  return Object.entries(elementsOf(wanted)).every(([name, own]) => settled(own) === settled(theirs[name]));
}

function elementsOf(text: string): Readonly<Record<string, unknown>> {
  const { LightningComponentBundle: root }: Readonly<Record<string, unknown>> = PARSER.parse(text);
  if (typeof root !== 'object' || root === null) return {};
  return Object.fromEntries(Object.entries(root).filter(([name]) => !name.startsWith('@_')));
}

/** One text for the same element, whatever the order within it. */
function settled(element: unknown): string {
  if (Array.isArray(element)) return `[${element.map(settled).sort().join()}]`;
  if (typeof element !== 'object' || element === null) return JSON.stringify(String(element ?? ''));
  const inner = Object.entries(element).map(([name, one]) => `${name}:${settled(one)}`);
  return `{${inner.sort().join()}}`;
}
