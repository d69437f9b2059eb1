import { ATTRIBUTES } from '../../domain/facts/attributes.js';
import { type Attribute, isOwnKind, MAPPED_KINDS, type MappedKind } from '../../domain/facts/record.js';
import { WRITTEN_FIELDS, type WrittenField } from '../../ports/mapping.js';
import { written } from './scalars.js';

/** A field that was matched, and how sure that is. */
interface DraftedField {
  /** Attribute, or the name after `custom.`. */
  readonly name: string;
  readonly field: string;
  readonly translate: Readonly<Record<string, string>> | null;
  readonly whenEmpty: string | number | boolean | null;
  /** Why this field, in a few words: `by label, 93 % filled`. Null = nothing to say. */
  readonly remark: string | null;
}

interface DraftedCustomField extends DraftedField {
  readonly type: 'text' | 'number' | 'boolean' | 'day';
  readonly label: string;
}

interface DraftedObject {
  readonly kind: MappedKind;
  readonly object: string;
  readonly accountField: string;
  readonly stampField: string;
  readonly where: string | null;
  readonly fields: readonly DraftedField[];
  /** On the account only. */
  readonly custom: readonly DraftedCustomField[];
}

/** What `init` found out about an org. */
export interface SalesforceMappingDraft {
  /** First lines of the file, without `#`. */
  readonly introduction: readonly string[];
  readonly objects: readonly DraftedObject[];
  readonly write: Readonly<
    Partial<Record<WrittenField, { readonly field: string; readonly onNull: 'clear' | 'leave' }>>
  >;
  readonly tierLock: string | null;
}

function flow(entries: readonly (readonly [string, string])[]): string {
  return `{ ${entries.map(([key, value]) => `${key}: ${value}`).join(', ')} }`;
}

function detailsOf(field: DraftedField, more: readonly (readonly [string, string])[]): string {
  const translations = Object.entries(field.translate ?? {});
  const translate =
    translations.length > 0
      ? [['translate', flow(translations.map(([theirs, ours]) => [written(theirs), written(ours)]))] as const]
      : [];
  const whenEmpty = field.whenEmpty === null ? [] : [['whenEmpty', written(field.whenEmpty)] as const];
  const details = [...more, ...translate, ...whenEmpty];
  return details.length === 0 ? field.field : flow([['field', field.field], ...details]);
}

function line(indent: string, [name, value, remark]: readonly [string, string, string | null]): string {
  return `${indent}${written(name)}: ${value}${remark === null ? '' : `  # ${remark.replaceAll('\n', ' ')}`}`;
}

/** Attributes without a field, as comments ready to be filled in. */
function unmapped({ kind, fields }: DraftedObject): readonly string[] {
  const attributes: Readonly<Record<string, Attribute>> = ATTRIBUTES[kind];
  const mapped = new Set(fields.map(({ name }) => name));
  const open = Object.entries(attributes).filter(([name]) => !mapped.has(name));
  return open.map(([name, { label }]) => `      # ${name}:  (not mapped) ${label}`);
}

function customLines({ custom }: DraftedObject): readonly string[] {
  if (custom.length === 0) return [];
  const lines = custom.map((field) =>
    line('      ', [
      field.name,
      detailsOf(field, [
        ['type', field.type],
        ['label', written(field.label)],
      ]),
      field.remark,
    ]),
  );
  return ['    # Fields of your own, for expressions in config/: custom.<name>', '    custom:', ...lines];
}

function objectLines(object: DraftedObject): readonly string[] {
  const { kind, where, stampField } = object;
  return [
    `  ${kind}:`,
    `    object: ${object.object}`,
    ...(kind === 'account' ? [] : [`    accountField: ${object.accountField}`]),
    ...(stampField === 'SystemModstamp' ? [] : [`    stampField: ${stampField}`]),
    ...(where === null ? [] : [`    where: ${written(where)}`]),
    '    attributes:',
    ...object.fields.map((field) => line('      ', [field.name, detailsOf(field, []), field.remark])),
    ...unmapped(object),
    ...customLines(object),
    '',
  ];
}

function missingKinds(objects: readonly DraftedObject[]): readonly string[] {
  const found = new Set(objects.map(({ kind }) => kind));
  return MAPPED_KINDS.filter((kind) => !found.has(kind) && !isOwnKind(kind)).map(
    (kind) => `  # ${kind}:  (no object found; what it would tell stays unknown)`,
  );
}

function writeLines({ write }: SalesforceMappingDraft): readonly string[] {
  const lines = WRITTEN_FIELDS.flatMap((name) => {
    const target = write[name];
    if (target === undefined) return [];
    return [
      `  ${name}: ${
        target.onNull === 'leave'
          ? flow([
              ['field', target.field],
              ['onNull', 'leave'],
            ])
          : target.field
      }`,
    ];
  });
  return lines.length === 0 ? ['write: {}'] : ['write:', ...lines];
}

/** mappings/salesforce.yaml as `init` drafts it: what was matched, why, and what is still open. */
export function salesforceMappingYaml(draft: SalesforceMappingDraft): string {
  return [
    '# yaml-language-server: $schema=../config/schemas/salesforce.schema.json',
    '#',
    ...draft.introduction.map((text) => `# ${text}`.trimEnd()),
    'objects:',
    ...draft.objects.flatMap(objectLines),
    ...missingKinds(draft.objects),
    '',
    '# What Truenorth writes to the account. "clear" (the default) empties the field when Truenorth',
    '# has no value, "leave" keeps what stands there.',
    ...writeLines(draft),
    '',
    '# The checkbox with which an admin holds an account in its tier.',
    `tierLock: ${draft.tierLock ?? 'null'}`,
    '',
    '# What your product or warehouse sends to POST /v1/usage, beside what is read above. See docs/usage.md.',
    'sentUsage: [] # feature, count, activeUsers, errors, keyActions',
    '',
  ].join('\n');
}
