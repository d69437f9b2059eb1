import type { OrgModel } from '../../../../ports/org-model.js';
import type { Reading } from '../reading.js';
import { keyOf, ownerOf } from './component.js';
import type { Component } from './element.js';
import { couldBeOurs } from './ours.js';
import { PLACES, placeOf } from './places.js';
import { readPackage } from './read-package.js';
import { listComponents, retrieveFiles } from './soap.js';

/** What an org holds under our names, ours or not. */
export interface Holding {
  readonly components: ReadonlyMap<string, Component>;
}

/** Everything that the wanted components name, and what else of ours may be left there. */
export async function readHolding(
  reading: Reading,
  model: OrgModel,
  wanted: readonly Component[],
): Promise<Holding> {
  const names = new Set(wanted.map(keyOf));
  const listed = await listComponents(reading, questions(wanted));
  const sought = listed
    .map((one) => ({ ...one, type: typeAsKept(one.type, one.fullName) }))
    .filter((one) => names.has(keyOf(one)) || couldBeOurs(one.fullName, model));
  const objects = new Set(
    sought.filter(({ type }) => type === 'CustomObject').map(({ fullName }) => fullName),
  );
  // A custom object brings its parts along; a standard one gives only those that are named.
  const asked = sought.filter(
    ({ type, fullName }) => placeOf(type).layout !== 'part' || !objects.has(ownerOf(fullName)),
  );
  const held = readPackage(await retrieveFiles(reading, asked));
  return { components: new Map(held.filter(isOwnFile(objects)).map((one) => [keyOf(one), one])) };
}

/** The file of a standard object is only the envelope of its parts. */
function isOwnFile(objects: ReadonlySet<string>): (one: Component) => boolean {
  return ({ type, fullName }) => type !== 'CustomObject' || objects.has(fullName);
}

interface Question {
  readonly type: string;
  readonly folder: string | null;
}

function questions(wanted: readonly Component[]): readonly Question[] {
  const used = new Set(wanted.map(({ type }) => type));
  return [...PLACES].flatMap(([type, { layout }]): readonly Question[] => {
    if (!used.has(type)) return [];
    if (layout !== 'foldered') return [{ type, folder: null }];
    const own = wanted.filter((one) => one.type === type);
    return [...new Set(own.map(({ fullName }) => fullName.split('/')[0] ?? ''))].map((folder) => ({
      type,
      folder,
    }));
  });
}

/** Folders are listed under their own type; analytics that lie in one have a slash. */
function typeAsKept(type: string, fullName: string): string {
  const foldered = placeOf(type).layout === 'foldered';
  return foldered && !fullName.includes('/') ? `${type}Folder` : type;
}
