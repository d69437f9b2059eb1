import { type AttributeType, isOwnKind } from '../domain/facts/record.js';
import type { FieldDescription, ObjectDescription } from './crm.js';
import type { CrmMapping, ObjectMapping } from './mapping.js';

/** Something about a mapped field that stands in the way, and the one thing that mends it. */
export interface FieldProblem {
  readonly object: string;
  readonly field: string | null;
  readonly sentence: string;
  readonly action: string;
}

const GRANT =
  'Assign the permission set "Truenorth Integration" to the integration user (`truenorth install --apply` does).';
const INSTALL =
  'Run `truenorth install --apply` to create the missing fields and the permission to write them.';
const MAKE = 'Run `truenorth install --apply` to create it, with the permission to read it.';
const EDIT = 'Correct the field names in mappings/salesforce.yaml.';

/** Checks one mapped object against its describe; `described` null = the object is not visible. */
export function checkObject(
  mapping: ObjectMapping,
  described: ObjectDescription | null,
  crm: CrmMapping,
): readonly FieldProblem[] {
  if (described === null || !described.queryable) {
    const sentence = `The object ${mapping.object} (${mapping.kind} rows) does not exist, or the integration user may not read it.`;
    return [
      {
        object: mapping.object,
        field: null,
        sentence,
        action: isOwnKind(mapping.kind) ? MAKE : objectAction(mapping.object),
      },
    ];
  }
  const fields = new Map(described.fields.map((field) => [field.name.toLowerCase(), field]));
  const read = [
    ...mapping.attributes.map(({ attribute, field, type, translate }) => ({
      attribute: `${mapping.kind}.${attribute}`,
      field,
      type,
      translated: translate !== null,
    })),
    { attribute: 'change stamp', field: mapping.stampField, type: 'instant' as const, translated: false },
    { attribute: 'account id', field: mapping.accountField, type: 'id' as const, translated: false },
  ];
  const problems = read.flatMap((entry) => readProblem(mapping.object, entry, fields));
  return mapping.kind === 'account' ? [...problems, ...writeProblems(mapping.object, fields, crm)] : problems;
}

function objectAction(object: string): string {
  return `Correct its name in mappings/salesforce.yaml, or give the integration user read access to ${object}.`;
}

type Fields = ReadonlyMap<string, FieldDescription>;

/** Something that is read from a field. */
interface Entry {
  readonly attribute: string;
  readonly field: string;
  readonly type: AttributeType;
  /** The mapping puts other values in the place of theirs. */
  readonly translated: boolean;
}

function readProblem(object: string, entry: Entry, fields: Fields): readonly FieldProblem[] {
  // A parent path is checked by its first step: the relationship must exist here.
  const [first = '', ...rest] = entry.field.split('.');
  if (rest.length > 0) {
    const known = [...fields.values()].some(
      ({ relationshipName }) => relationshipName?.toLowerCase() === first.toLowerCase(),
    );
    return known ? [] : [missing(object, entry)];
  }
  const field = fields.get(first.toLowerCase());
  if (field === undefined) return [missing(object, entry)];
  const misfit = misfitOf(entry, field);
  if (misfit === null) return [];
  const sentence = `${object}.${field.name} ${misfit}, which cannot be read as ${entry.attribute} (${entry.type}).`;
  return [{ object, field: field.name, sentence, action: EDIT }];
}

/** Why the field can't be read as the entry's type, or null. A picklist may hold numbers; one of words holds none. */
function misfitOf({ type, translated }: Entry, field: FieldDescription): string | null {
  if (!fitsType(type, field.type)) return `is a ${field.type} field`;
  const { picklistValues } = field;
  const ofWords = picklistValues.length > 0 && picklistValues.every((value) => Number.isNaN(Number(value)));
  return (type === 'number' || type === 'money') && ofWords && !translated
    ? `holds words (${picklistValues.slice(0, 2).join(', ')} …)`
    : null;
}

function missing(
  object: string,
  { field, attribute }: { readonly field: string; readonly attribute: string },
): FieldProblem {
  const sentence = `${object}.${field} (mapped to ${attribute}) does not exist, or the integration user may not see it.`;
  return {
    object,
    field,
    sentence,
    action: `${EDIT} If the field exists, give the integration user read access to it.`,
  };
}

function writeProblems(object: string, fields: Fields, crm: CrmMapping): readonly FieldProblem[] {
  const found: FieldProblem[] = [];
  for (const { field, fact } of crm.write) {
    const described = fields.get(field.toLowerCase());
    if (described === undefined)
      found.push({
        object,
        field,
        sentence: `${object}.${field} (for our ${fact}) does not exist, or the integration user may not see it.`,
        action: INSTALL,
      });
    else if (described.calculated)
      found.push({
        object,
        field,
        sentence: `${object}.${field} is a formula: nothing can be written to it.`,
        action: EDIT,
      });
    else if (!described.updateable)
      found.push({
        object,
        field,
        sentence: `The integration user may not write ${object}.${field}.`,
        action: GRANT,
      });
  }
  const lock = crm.tierLockField;
  if (lock !== null && !fields.has(lock.toLowerCase()))
    found.push({
      object,
      field: lock,
      sentence: `${object}.${lock} (the tier lock) does not exist, or the integration user may not see it.`,
      action: INSTALL,
    });
  return found;
}

const TEXTS = [
  'string',
  'picklist',
  'multipicklist',
  'combobox',
  'textarea',
  'email',
  'phone',
  'url',
  'id',
  'reference',
  'encryptedstring',
  'anyType',
  'double',
  'int',
  'currency',
  'percent',
  'boolean',
  'long',
];
const NUMBERS = ['double', 'int', 'currency', 'percent', 'long'];

/** Describe types that an attribute type can be read from. Texts and picklists may be translated into any category. */
const FITTING: Readonly<Record<AttributeType, readonly string[]>> = {
  text: TEXTS,
  number: [...NUMBERS, 'string', 'picklist', 'combobox'],
  money: [...NUMBERS, 'string'],
  boolean: ['boolean', 'string', 'picklist', 'combobox'],
  day: ['date', 'datetime'],
  instant: ['datetime', 'date'],
  id: ['id', 'reference', 'string'],
};

/** True when a field of this describe type can be read as the attribute type. */
export function fitsType(attribute: AttributeType, described: string): boolean {
  return FITTING[attribute].includes(described);
}

/** A field of ours that is not there yet: `install` creates it, and a plan can be made without it. */
export function isNotInstalled({ action }: FieldProblem): boolean {
  return action === INSTALL;
}

/** True when `install` mends it, rather than somebody's hand. */
export function isMendedByInstall({ action }: FieldProblem): boolean {
  return action === INSTALL || action === GRANT;
}
