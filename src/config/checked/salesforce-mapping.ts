import type { FactDefinition } from '../../domain/facts/fact.js';
import { MAPPED_KINDS, type MappedKind, OBSERVED_KINDS } from '../../domain/facts/record.js';
import { CRM_RECORDS } from '../../ports/crm-records.js';
import {
  type CrmMapping,
  type ObjectMapping,
  WRITTEN_FIELDS,
  type WriteMapping,
} from '../../ports/mapping.js';
import { didYouMean } from '../nearest-name.js';
import type { Normalised } from '../normalised/normalise.js';
import type { WrittenObject, WrittenSalesforceMapping } from '../normalised/salesforce-mapping.js';
import type { CustomFacts } from '../resolved.js';
import { type MappingAt, readAttributes, readCustom } from './attribute-mapping.js';
import { checkFieldUse } from './field-use.js';
import type { Findings } from './findings.js';

type Mapping = Normalised<WrittenSalesforceMapping>;

function kindOf(name: string): MappedKind | null {
  return MAPPED_KINDS.find((kind) => kind === name) ?? null;
}

function unknownKind(name: string): string {
  const observed = OBSERVED_KINDS.some((kind) => kind === name);
  return observed
    ? `"${name}" rows are what Truenorth observes itself; there is nothing to map, leave it out`
    : `unknown kind of rows "${name}"${didYouMean(name, MAPPED_KINDS)}`;
}

function accountField(kind: MappedKind, written: WrittenObject, at: MappingAt): string {
  if (written.accountField !== undefined) return written.accountField;
  if (kind === 'account') return 'Id';
  if (written.object.endsWith('__c')) {
    const message = `"accountField" is needed: which field of ${written.object} holds the account’s id`;
    at.findings.report(at.mapping.file.problemAtKey(['objects', kind, 'object'], message));
  }
  return 'AccountId';
}

function readObject(name: string, written: WrittenObject, at: MappingAt): readonly ObjectMapping[] {
  const kind = kindOf(name);
  const { file } = at.mapping;
  if (kind === null) {
    at.findings.report(file.problemAtKey(['objects', name], unknownKind(name)));
    return [];
  }
  if (kind !== 'account' && Object.keys(written.custom).length > 0) {
    at.findings.report(
      file.problemAtKey(['objects', kind, 'custom'], 'fields of your own can be read from the account only'),
    );
  }
  const attributes = [
    ...readAttributes(kind, written, at),
    ...readCustom(kind === 'account' ? written.custom : {}, at),
  ];
  const { object, stampField, where } = written;
  return [
    {
      kind,
      object,
      accountField: accountField(kind, written, at),
      stampField,
      where: where ?? null,
      attributes,
    },
  ];
}

const { object: PULSE_OBJECT, fields: PULSE } = CRM_RECORDS.pulse;

/** Where pulses are read from when nothing else is said: the object that `install` makes, and its own stamps. */
const PULSE_MAPPING: ObjectMapping = {
  kind: 'pulse',
  object: PULSE_OBJECT,
  accountField: PULSE.account,
  stampField: 'SystemModstamp',
  where: null,
  attributes: [
    { attribute: 'value', field: PULSE.value, type: 'text', translate: null, whenEmpty: null },
    { attribute: 'reason', field: PULSE.reason, type: 'text', translate: null, whenEmpty: null },
    { attribute: 'expiresOn', field: PULSE.expiresOn, type: 'day', translate: null, whenEmpty: null },
    { attribute: 'setAt', field: 'CreatedDate', type: 'instant', translate: null, whenEmpty: null },
    { attribute: 'by', field: 'CreatedBy.Name', type: 'text', translate: null, whenEmpty: null },
  ],
};

function readWrites(mapping: Mapping, findings: Findings): readonly WriteMapping[] {
  return Object.entries(mapping.value.write).flatMap(([name, written]) => {
    const fact = WRITTEN_FIELDS.find((field) => field === name);
    if (fact === undefined) {
      const message = `unknown value to write "${name}"${didYouMean(name, WRITTEN_FIELDS)}`;
      findings.report(mapping.file.problemAtKey(['write', name], message));
      return [];
    }
    if (typeof written === 'string') return [{ fact, field: written, onNull: 'clear' as const }];
    return [{ fact, field: written.field, onNull: written.onNull }];
  });
}

/** Checks mappings/salesforce.yaml against what we know how to read and write. */
export function checkSalesforceMapping(mapping: Mapping, findings: Findings): CrmMapping {
  const { objects, tierLock, sentUsage } = mapping.value;
  if (objects.account === undefined) {
    findings.report(
      mapping.file.problemAtKey(['objects'], 'the kind "account" must be mapped: it says what a customer is'),
    );
  }
  const at = { mapping, findings };
  checkFieldUse(mapping, findings);
  const mapped = Object.entries(objects).flatMap(([name, written]) => readObject(name, written, at));
  return {
    objects: mapped.some(({ kind }) => kind === 'pulse') ? mapped : [...mapped, PULSE_MAPPING],
    write: readWrites(mapping, findings),
    tierLockField: tierLock,
    sentUsage,
  };
}

/** Facts of the account's own fields, as expressions see them. */
export function customFactsOf(mapping: WrittenSalesforceMapping): CustomFacts {
  const custom = Object.entries(mapping.objects.account?.custom ?? {});
  const define = ([name, written]: (typeof custom)[number]): [string, FactDefinition] => {
    const shape = { type: written.type, label: written.label, unit: null, needs: [] };
    return [`custom.${name}`, written.outcome ? { ...shape, outcome: true } : shape];
  };
  return Object.fromEntries(custom.map(define));
}
