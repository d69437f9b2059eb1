import { strToU8, zipSync } from 'fflate';
import { makeId } from '../ids.js';
import type { Org } from '../store/org.js';
import type { Manifest, ManifestType } from './deploy/archive.js';
import type { Component } from './deploy/component.js';
import type { ComponentStore } from './deploy/component-store.js';
import { bundleFilesOf, filesOf, inventoryOf } from './inventory.js';
import { OBJECT_PARTS } from './kinds/object-parts.js';
import { element } from './xml/element.js';
import { renderFile } from './xml/render.js';

export interface RetrieveJob {
  readonly id: string;
  readonly components: readonly Component[];
  readonly missing: readonly { readonly type: string; readonly fullName: string }[];
  readonly zip: Uint8Array;
}

export interface RetrieveJobs {
  readonly start: (manifest: Manifest, singlePackage: boolean) => RetrieveJob;
  readonly find: (id: string) => RetrieveJob | undefined;
}

export function startRetrieveJobs(org: Org, store: ComponentStore): RetrieveJobs {
  const jobs = new Map<string, RetrieveJob>();
  return {
    find: (id) => [...jobs.values()].find((job) => job.id === id || job.id.slice(0, 15) === id),
    start: (manifest, singlePackage) => {
      const { components, missing } = choose(manifest.types, org, store);
      const id = makeId('09S', jobs.size + 1, 'Md1');
      const zip = zipped(components, { manifest, singlePackage });
      const job: RetrieveJob = { id, components, missing, zip };
      jobs.set(id, job);
      return job;
    },
  };
}

function choose(
  types: readonly ManifestType[],
  org: Org,
  store: ComponentStore,
): Pick<RetrieveJob, 'components' | 'missing'> {
  const components: Component[] = [];
  const missing: { type: string; fullName: string }[] = [];
  for (const { type, members } of types) {
    const all = [...inventoryOf(type, org, store), ...inventoryOf(`${type}Folder`, org, store)];
    for (const member of members) {
      const found = all.filter((one) => (member === '*' ? isInWildcard(one) : one.fullName === member));
      if (found.length === 0 && member !== '*') missing.push({ type, fullName: member });
      components.push(...found.flatMap((one) => [one, ...partsOf(one, org, store)]));
    }
  }
  const once = new Map(components.map((one) => [`${one.type} ${one.fullName}`, one]));
  return { components: [...once.values()], missing };
}

/** `*` gives custom objects only; standard ones are asked for by name. */
function isInWildcard({ type, fullName }: Component): boolean {
  return type !== 'CustomObject' || fullName.endsWith('__c');
}

function partsOf(component: Component, org: Org, store: ComponentStore): readonly Component[] {
  if (component.type !== 'CustomObject') return [];
  return OBJECT_PARTS.flatMap(({ type }) => inventoryOf(type, org, store)).filter((part) =>
    part.fullName.startsWith(`${component.fullName}.`),
  );
}

function zipped(
  components: readonly Component[],
  { manifest, singlePackage }: { readonly manifest: Manifest; readonly singlePackage: boolean },
): Uint8Array {
  const root = singlePackage ? '' : 'unpackaged/';
  const files: Record<string, Uint8Array> = {};
  for (const [fileName, content] of filesOf(components)) {
    files[`${root}${fileName}`] = strToU8(renderFile(content));
  }
  for (const [fileName, text] of bundleFilesOf(components)) files[`${root}${fileName}`] = strToU8(text);
  files[`${root}package.xml`] = strToU8(renderFile(manifestElement(components, manifest.version)));
  return zipSync(files);
}

function manifestElement(components: readonly Component[], version: string): Component['element'] {
  const byType = new Map<string, string[]>();
  for (const { type, fullName } of components) {
    const name = type.replace(/Folder$/, '');
    byType.set(name, [...(byType.get(name) ?? []), fullName]);
  }
  const types = [...byType]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, members]) =>
      element('types', [
        ...members.sort().map((member) => element('members', member)),
        element('name', type),
      ]),
    );
  return element('Package', [...types, element('version', version)]);
}
