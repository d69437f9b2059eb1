import { conflict, notFound, validation } from '../errors.js';
import { BUILT_IN } from './built-in.js';
import { builtIn, type ObjectKind, type PropertyDefinition, type PropertyGroup } from './property.js';

/** Unique properties that an admin may add to one object. */
const MOST_UNIQUE = 10;

/** The properties and groups of one kind of object. */
export interface PropertyTable {
  readonly all: () => readonly PropertyDefinition[];
  readonly find: (name: string) => PropertyDefinition | null;
  readonly add: (property: PropertyDefinition) => PropertyDefinition;
  readonly change: (name: string, to: Partial<PropertyDefinition>) => PropertyDefinition;
  readonly remove: (name: string) => void;
  readonly groups: () => readonly PropertyGroup[];
  readonly addGroup: (group: PropertyGroup) => PropertyGroup;
  /** Names of custom properties whose values are unique. */
  readonly uniqueNames: () => readonly string[];
}

type Properties = Map<string, PropertyDefinition>;

export function startPropertyTable(kind: ObjectKind): PropertyTable {
  const ownGroup = kind === 'contacts' ? 'contactinformation' : 'companyinformation';
  const properties: Properties = new Map(BUILT_IN[kind].map((line) => [line[0], builtIn(line, ownGroup)]));
  const groups = new Map<string, PropertyGroup>([
    [ownGroup, { name: ownGroup, label: 'About', displayOrder: 0, archived: false }],
  ]);
  return {
    all: () => [...properties.values()],
    find: (name) => properties.get(name) ?? null,
    add: (property) => {
      checkNew(property, { properties, groups, uniqueCount: uniqueNames(properties).length });
      properties.set(property.name, property);
      return property;
    },
    change: (name, to) => {
      const changed = { ...changeable(properties, name), ...to };
      properties.set(name, changed);
      return changed;
    },
    remove: (name) => {
      properties.delete(changeable(properties, name).name);
    },
    groups: () => [...groups.values()],
    addGroup: (group) => {
      if (groups.has(group.name)) throw conflict(`A property group named "${group.name}" already exists.`);
      groups.set(group.name, group);
      return group;
    },
    uniqueNames: () => uniqueNames(properties),
  };
}

function uniqueNames(properties: Properties): readonly string[] {
  return [...properties.values()]
    .filter((property) => property.hasUniqueValue && !property.hubspotDefined)
    .map((property) => property.name);
}

interface Room {
  readonly properties: ReadonlyMap<string, PropertyDefinition>;
  readonly groups: ReadonlyMap<string, PropertyGroup>;
  readonly uniqueCount: number;
}

function checkNew(property: PropertyDefinition, room: Room): void {
  if (room.properties.has(property.name)) {
    throw conflict(`A property named '${property.name}' already exists.`, {
      subCategory: 'Properties.PROPERTY_EXISTS',
    });
  }
  if (!/^[a-z][a-z0-9_]*$/.test(property.name)) {
    throw validation(`Property name "${property.name}" must be lower case letters, digits and underscores.`);
  }
  if (!room.groups.has(property.groupName)) {
    throw validation(`Property group "${property.groupName}" does not exist.`);
  }
  if (property.hasUniqueValue && room.uniqueCount >= MOST_UNIQUE) {
    throw validation(`You have reached the limit of ${MOST_UNIQUE} unique properties for this object.`);
  }
}

function changeable(properties: Properties, name: string): PropertyDefinition {
  const property = properties.get(name);
  if (property === undefined) throw notFound(`Property "${name}" does not exist`);
  if (property.modificationMetadata.readOnlyDefinition) {
    throw validation(`Property "${name}" is defined by HubSpot and cannot be changed.`);
  }
  return property;
}
