import { CONTACT_ROLES } from '../../domain/engagement/playbook.js';
import { ATTRIBUTES } from '../../domain/facts/attributes.js';
import type { Attribute, AttributeType, MappedKind } from '../../domain/facts/record.js';
import type { AttributeMapping } from '../../ports/mapping.js';
import { didYouMean } from '../nearest-name.js';
import type { Normalised } from '../normalised/normalise.js';
import type {
  WrittenAttribute,
  WrittenCustom,
  WrittenObject,
  WrittenSalesforceMapping,
} from '../normalised/salesforce-mapping.js';
import type { ValuePath } from '../problems.js';
import type { Findings } from './findings.js';

export interface MappingAt {
  readonly mapping: Normalised<WrittenSalesforceMapping>;
  readonly findings: Findings;
}

/** What an empty field can stand for, by type; days, moments and ids have no stand-in. */
const STAND_INS = {
  text: { type: 'string', spoken: 'a text' },
  number: { type: 'number', spoken: 'a number' },
  money: { type: 'number', spoken: 'a number' },
  boolean: { type: 'boolean', spoken: 'true or false' },
  id: null,
  day: null,
  instant: null,
} as const satisfies Readonly<Record<AttributeType, unknown>>;

function checkWhenEmpty({ type, whenEmpty }: AttributeMapping, path: ValuePath, at: MappingAt): void {
  const wanted = STAND_INS[type];
  if (whenEmpty === null || typeof whenEmpty === wanted?.type) return;
  const message =
    wanted === null
      ? `an empty ${type} is always unknown; leave "whenEmpty" out`
      : `"whenEmpty" must be ${wanted.spoken} here`;
  at.findings.report(at.mapping.file.problemAt([...path, 'whenEmpty'], message));
}

function checkRoles(translate: Readonly<Record<string, string>>, path: ValuePath, at: MappingAt): void {
  const roles: readonly string[] = CONTACT_ROLES;
  for (const [theirs, ours] of Object.entries(translate)) {
    if (roles.includes(ours)) continue;
    const message = `unknown role "${ours}"${didYouMean(ours, roles)}`;
    at.findings.report(at.mapping.file.problemAt([...path, 'translate', theirs], message));
  }
}

function readOne(
  named: { readonly attribute: string; readonly type: AttributeType },
  written: WrittenAttribute,
  path: ValuePath,
  at: MappingAt,
): AttributeMapping {
  const details = typeof written === 'string' ? { field: written, whenEmpty: null } : written;
  const { field, whenEmpty } = details;
  const translate = 'translate' in details ? (details.translate ?? null) : null;
  const mapping = { ...named, field, translate, whenEmpty };
  checkWhenEmpty(mapping, path, at);
  return mapping;
}

function checkRequired(kind: MappedKind, written: WrittenObject, at: MappingAt): void {
  const attributes: readonly (readonly [string, Attribute])[] = Object.entries(ATTRIBUTES[kind]);
  for (const [name, { required, label }] of attributes) {
    if (!required || written.attributes[name] !== undefined) continue;
    const message = `the attribute "${kind}.${name}" (${label}) must be mapped`;
    at.findings.report(at.mapping.file.problemAtKey(['objects', kind, 'attributes'], message));
  }
}

/** The catalogue's attributes of one kind of rows. */
export function readAttributes(
  kind: MappedKind,
  written: WrittenObject,
  at: MappingAt,
): readonly AttributeMapping[] {
  const known: Readonly<Record<string, Attribute>> = ATTRIBUTES[kind];
  checkRequired(kind, written, at);
  return Object.entries(written.attributes).flatMap(([attribute, value]) => {
    const path = ['objects', kind, 'attributes', attribute];
    const type = known[attribute]?.type;
    if (type === undefined) {
      const message = `unknown attribute "${attribute}" of ${kind}${didYouMean(attribute, Object.keys(known))}`;
      at.findings.report(at.mapping.file.problemAtKey(path, message));
      return [];
    }
    const mapping = readOne({ attribute, type }, value, path, at);
    if (kind === 'contact' && attribute === 'role' && mapping.translate)
      checkRoles(mapping.translate, path, at);
    return [mapping];
  });
}

/** Fields of the org's own on the account. */
export function readCustom(
  custom: Readonly<Record<string, WrittenCustom>>,
  at: MappingAt,
): readonly AttributeMapping[] {
  return Object.entries(custom).map(([name, written]) =>
    readOne(
      { attribute: `custom.${name}`, type: written.type },
      written,
      ['objects', 'account', 'custom', name],
      at,
    ),
  );
}
