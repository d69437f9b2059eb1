export type ObjectKind = 'contacts' | 'companies';

/** A property of the portal, as the properties endpoint answers it. */
export interface PropertyDefinition {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly groupName: string;
  readonly type: string;
  readonly fieldType: string;
  readonly options: readonly PropertyOption[];
  readonly displayOrder: number;
  readonly hasUniqueValue: boolean;
  readonly hidden: boolean;
  readonly hubspotDefined: boolean;
  readonly calculated: boolean;
  readonly externalOptions: boolean;
  readonly formField: boolean;
  readonly archived: boolean;
  readonly modificationMetadata: {
    readonly archivable: boolean;
    readonly readOnlyDefinition: boolean;
    readonly readOnlyValue: boolean;
  };
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface PropertyOption {
  readonly label: string;
  readonly value: string;
  readonly displayOrder: number;
  readonly hidden: boolean;
}

export interface PropertyGroup {
  readonly name: string;
  readonly label: string;
  readonly displayOrder: number;
  readonly archived: boolean;
}

/** Name, type, and `ro` for a value that only HubSpot writes. */
export type Line = readonly [
  name: string,
  type: string,
  access?: 'ro' | undefined,
  options?: readonly string[],
];

const FIELD_TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'number',
  date: 'date',
  datetime: 'date',
  bool: 'booleancheckbox',
  enumeration: 'select',
  phone_number: 'phonenumber',
};

export function builtIn(line: Line, groupName: string): PropertyDefinition {
  const [name, type, access, options] = line;
  const values = options ?? (type === 'bool' ? ['true', 'false'] : []);
  return {
    name,
    label: labelOf(name),
    description: '',
    groupName,
    type,
    fieldType: FIELD_TYPES[type] ?? 'text',
    options: values.map((value, displayOrder) => ({ label: value, value, displayOrder, hidden: false })),
    displayOrder: -1,
    hasUniqueValue: name === 'hs_object_id',
    hidden: false,
    hubspotDefined: true,
    calculated: false,
    externalOptions: false,
    formField: access !== 'ro',
    archived: false,
    modificationMetadata: { archivable: false, readOnlyDefinition: true, readOnlyValue: access === 'ro' },
    createdAt: '2019-08-06T02:41:08.029Z',
    updatedAt: '2019-08-06T02:41:08.029Z',
  };
}

function labelOf(name: string): string {
  const words = name.replace(/^hs_/, '').replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
