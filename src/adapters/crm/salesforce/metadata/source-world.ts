import { childrenOf, type Element, textOf } from './element.js';
import type { SourceFile } from './source-files.js';

/** A field as far as others may refer to it. */
export interface KnownField {
  /** The Metadata API's type; '' where it is not known. */
  readonly type: string;
  readonly required: boolean;
  readonly formula: boolean;
  readonly referenceTo: string;
  /** `Health_Pulses` of the object that it points to; '' for none. */
  readonly relationship: string;
}

/** Object -> field -> what it is. */
export type Fields = ReadonlyMap<string, ReadonlyMap<string, KnownField>>;

/** What a source folder may refer to: itself, and the org that it is made for. */
export interface SourceWorld {
  readonly fields: Fields;
  /** `Type fullName` of everything in the folder. */
  readonly names: ReadonlySet<string>;
}

const SYSTEM = [
  'Id',
  'Name',
  'OwnerId',
  'CreatedById',
  'CreatedDate',
  'LastModifiedById',
  'LastModifiedDate',
];
const PLAIN: KnownField = { type: '', required: false, formula: false, referenceTo: '', relationship: '' };

export function worldOf(components: readonly SourceFile[], outside: Fields): SourceWorld {
  const fields = new Map([...outside].map(([object, own]) => [object, new Map(own)]));
  const of = (object: string): Map<string, KnownField> => {
    const known = fields.get(object) ?? new Map<string, KnownField>();
    fields.set(object, known);
    return known;
  };
  for (const { type, fullName } of components)
    if (type === 'CustomObject')
      for (const name of SYSTEM) of(fullName).set(name, { ...PLAIN, required: name === 'Name' });
  for (const file of components)
    if (file.type === 'CustomField') {
      const [object = '', name = ''] = file.fullName.split('.');
      of(object).set(name, knownField(file));
    }
  return { fields, names: new Set(components.map(({ type, fullName }) => `${type} ${fullName}`)) };
}

function knownField(file: SourceFile): KnownField {
  const root: Element = { name: file.type, content: file.content };
  const type = textOf(root, 'type');
  return {
    type,
    required: type === 'MasterDetail' || textOf(root, 'required') === 'true',
    formula: childrenOf(root, 'formula').length > 0,
    referenceTo: textOf(root, 'referenceTo'),
    relationship: textOf(root, 'relationshipName'),
  };
}

export function fieldIn({ fields }: SourceWorld, object: string, name: string): KnownField | undefined {
  return fields.get(object)?.get(name);
}

/** The object whose records hang on `object` by this child relationship, with or without `__r`. */
export function childBy({ fields }: SourceWorld, object: string, relationship: string): string | undefined {
  const name = relationship.replace(/__r$/, '');
  const found = [...fields].find(([, own]) =>
    [...own.values()].some((field) => field.referenceTo === object && field.relationship === name),
  );
  return found?.[0];
}
