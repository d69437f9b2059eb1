import type { Org } from '../store/org.js';
import type { Component, StoredComponent } from './deploy/component.js';
import type { ComponentStore } from './deploy/component-store.js';
import { renderField } from './fields/render-field.js';
import { KINDS } from './kinds/index.js';
import { OBJECT_PARTS } from './kinds/object-parts.js';
import { element } from './xml/element.js';

/** Everything of one type that the org holds, deployed or there from the start. */
export function inventoryOf(type: string, org: Org, store: ComponentStore): readonly Component[] {
  const asHeld = KINDS.get(type)?.asHeld;
  const deployed = store
    .ofType(type)
    .map((one) => (asHeld === undefined ? one : { ...one, element: asHeld(one, org) }));
  const names = new Set(deployed.map((one) => one.fullName.toLowerCase()));
  const native =
    type === 'CustomObject' ? nativeObjects(org) : type === 'CustomField' ? nativeFields(org, names) : [];
  return [...deployed, ...native.filter((one) => !names.has(one.fullName.toLowerCase()))];
}

export function isDeployed(component: Component): component is StoredComponent {
  return 'id' in component;
}

function nativeObjects(org: Org): readonly Component[] {
  return org.schema.objects().map((object) => {
    const { name, label, labelPlural, custom } = object.definition();
    const texts = custom ? [element('label', label), element('pluralLabel', labelPlural)] : [];
    return {
      type: 'CustomObject',
      fullName: name,
      fileName: `objects/${name}.object`,
      element: element('CustomObject', texts),
    };
  });
}

/** A field of Activity is seen on Task and Event, but it is one component. */
function nativeFields(org: Org, deployed: ReadonlySet<string>): readonly Component[] {
  return org.schema.objects().flatMap((object) =>
    object
      .fields()
      .filter((field) => field.custom && !deployed.has(`activity.${field.name}`.toLowerCase()))
      .map((field) => ({
        type: 'CustomField',
        fullName: `${object.name}.${field.name}`,
        fileName: `objects/${object.name}.object`,
        element: renderField(field),
      })),
  );
}

/** Files of bundles as they were deployed: path -> text. */
export function bundleFilesOf(components: readonly Component[]): ReadonlyMap<string, string> {
  return new Map(
    components.flatMap(({ fileName, files }) => {
      const folder = fileName.slice(0, fileName.lastIndexOf('/') + 1);
      return [...(files ?? [])].map(([name, text]): [string, string] => [`${folder}${name}`, text]);
    }),
  );
}

/** Files of a zip from components: parts of an object lie in the object's file. */
export function filesOf(components: readonly Component[]): ReadonlyMap<string, Component['element']> {
  const files = new Map<string, Component['element']>();
  const elementNames = new Map(OBJECT_PARTS.map((part) => [part.type, part.element]));
  for (const { type, fileName, element: content } of components) {
    const partName = elementNames.get(type);
    const known = files.get(fileName) ?? element(partName === undefined ? content.name : 'CustomObject', []);
    const added = partName === undefined ? content.children : [{ ...content, name: partName }];
    files.set(fileName, { ...known, children: [...known.children, ...added] });
  }
  return files;
}
