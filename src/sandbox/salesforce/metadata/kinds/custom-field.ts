import type { Schema, SObject } from '../../schema/schema.js';
import type { FieldDefinition } from '../../schema/types.js';
import type { Org } from '../../store/org.js';
import { type Component, type Draft, type Kind, localNameOf, ownerOf } from '../deploy/component.js';
import { checkField } from '../fields/check-field.js';
import { defineField } from '../fields/define-field.js';
import { checkElements } from '../types/check-elements.js';
import { error, isError, type Problem } from '../types/problem.js';
import { isTrue, textOf, type XmlElement } from '../xml/element.js';

/** A custom field on a standard or custom object. `Activity.X__c` is on Task (and Event) at once. */
export const CUSTOM_FIELD: Kind = {
  type: 'CustomField',
  folder: 'objects',
  suffix: 'object',
  keyPrefix: '00N',
  check,
  exists: (component, schema) => fieldIn(component.fullName, schema) !== null,
  matches: (component, schema) => {
    const known = fieldIn(component.fullName, schema);
    return known !== null && (!known.custom || sameDefinition(known, defineField(local(component))));
  },
  define: (component, schema) => {
    if (!component.fullName.endsWith('__c')) return;
    for (const object of targetsOf(component.fullName, schema)) {
      schema.putField(object.name, defineField(local(component)));
    }
  },
  install: (component, org) => openUnpermissioned(component, org),
  undefine: (fullName, schema) => {
    for (const object of targetsOf(fullName, schema)) schema.removeField(object.name, localNameOf(fullName));
  },
  uninstall: eraseRights,
};

function check(component: Component, draft: Draft): readonly Problem[] {
  const shape = checkElements(component.element, 'CustomField');
  if (shape.some(isError)) return shape;
  const owner = ownerOf(component.fullName);
  const [on] = targetsOf(component.fullName, draft.schema);
  if (!on)
    return [
      ...shape,
      error(`Entity of type 'CustomObject' named '${owner}' cannot be found`, component.element),
    ];
  if (owner === 'Task' || owner === 'Event') {
    return [...shape, error(`Custom fields of ${owner} are defined on Activity`, component.element)];
  }
  const known = fieldIn(component.fullName, draft.schema);
  if (known !== null && !known.custom) return shape;
  return [
    ...shape,
    ...checkField(local(component), on, draft.schema),
    ...(known === null ? checkMaster(component, draft) : checkChange(component.element, known)),
  ];
}

/** In an object's file the name is without the object, in a CRUD call with it. */
function local(component: Component): XmlElement {
  const name = localNameOf(component.fullName);
  const { element } = component;
  if (textOf(element, 'fullName') === name) return element;
  const children = element.children.map((child) =>
    child.name === 'fullName' ? { ...child, text: name } : child,
  );
  return { ...element, children };
}

function targetsOf(fullName: string, schema: Schema): readonly SObject[] {
  const owner = ownerOf(fullName);
  const names = owner === 'Activity' ? ['Task', 'Event'] : [owner];
  return names.map((name) => schema.find(name)).filter((object) => object !== null);
}

function fieldIn(fullName: string, schema: Schema): FieldDefinition | null {
  return targetsOf(fullName, schema)[0]?.field(localNameOf(fullName)) ?? null;
}

/** What can't be changed about a field that exists. */
function checkChange(element: XmlElement, known: FieldDefinition): readonly Problem[] {
  const next = defineField(element);
  if (known.calculated !== next.calculated) {
    return [error('Cannot update a field from a Formula to something else.', element)];
  }
  if (!sameKind(known, next)) {
    return [error(`Cannot change the type of ${known.name}: it is a ${known.type} field`, element)];
  }
  return known.referenceTo.join() === next.referenceTo.join()
    ? []
    : [error('Cannot change the referenceTo of an existing relationship field', element)];
}

function sameKind(known: FieldDefinition, next: FieldDefinition): boolean {
  const numbers = ['double', 'currency', 'percent', 'int'];
  const texts = ['string', 'textarea', 'picklist', 'email', 'phone', 'url'];
  return (
    known.type === next.type ||
    [numbers, texts].some((family) => family.includes(known.type) && family.includes(next.type))
  );
}

/** A master-detail field needs a master for every row, and takes the sharing over. */
function checkMaster({ element, fullName }: Component, { org, stored }: Draft): readonly Problem[] {
  if (textOf(element, 'type') !== 'MasterDetail') return [];
  const owner = ownerOf(fullName);
  const object = owner.endsWith('__c') ? stored('CustomObject', owner) : undefined;
  const sharing = object ? textOf(object.element, 'sharingModel') : 'ControlledByParent';
  if (sharing !== 'ControlledByParent') {
    const text = `Cannot set sharingModel to ${sharing} on a CustomObject with a MasterDetail relationship field`;
    return [error(text, element)];
  }
  const known = org.schema.find(owner);
  return known !== null && org.table(known.name).liveCount() > 0
    ? [error(`Cannot add a master-detail field to ${owner}: it already has records`, element)]
    : [];
}

function sameDefinition(a: FieldDefinition, b: FieldDefinition): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(definition: FieldDefinition): readonly (readonly [string, unknown])[] {
  return Object.entries(definition).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Required and master-detail fields have no field-level security: everybody sees them. */
function openUnpermissioned(component: Component, org: Org): void {
  const { element, fullName } = component;
  if (!isTrue(element, 'required') && textOf(element, 'type') !== 'MasterDetail') return;
  for (const object of targetsOf(fullName, org.schema)) org.access.open(object.name, localNameOf(fullName));
}

function eraseRights(fullName: string, org: Org): void {
  for (const object of targetsOf(fullName, org.schema)) {
    const name = `${object.name}.${localNameOf(fullName)}`;
    const rights = org.table('FieldPermissions');
    for (const slot of [...rights.withValue('Field', name)]) {
      const id = rights.rowAt(slot)?.Id;
      if (typeof id === 'string') rights.erase(id);
    }
  }
}
