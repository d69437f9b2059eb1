import { CRM_RECORDS, type CrmRecordKind } from '../../ports/crm-records.js';
import type { OrgField, OrgObject } from '../../ports/org-model.js';
import { type FieldDraft, fieldFrom, text } from './field-draft.js';
import { ADVOCATE, PULSE } from './people-records.js';
import { DECISION, EPISODE, METRIC } from './program-records.js';
import type { RecordDraft } from './record-draft.js';
import { ERROR, RUN, SNAPSHOT } from './service-records.js';

/** Complete by its type: a record field without label, help and kind does not compile. */
const RECORD_DRAFTS: { readonly [Kind in CrmRecordKind]: RecordDraft<Kind> } = {
  pulse: PULSE,
  snapshot: SNAPSHOT,
  episode: EPISODE,
  decision: DECISION,
  metric: METRIC,
  advocate: ADVOCATE,
  run: RUN,
  error: ERROR,
};

export const RECORD_KINDS = Object.keys(RECORD_DRAFTS) as readonly CrmRecordKind[];

export function objectOf(kind: CrmRecordKind): OrgObject {
  const { fields: _fields, ...object } = RECORD_DRAFTS[kind];
  return { name: CRM_RECORDS[kind].object, ...object };
}

/** The key first, then as people read them. `account` is the object that the mapping reads accounts from. */
export function fieldsOf(kind: CrmRecordKind, account: string): readonly OrgField[] {
  const { object, key, fields } = CRM_RECORDS[kind];
  const drafts: Readonly<Record<string, FieldDraft>> = RECORD_DRAFTS[kind].fields;
  const named = Object.entries<string>(fields).map(([field, name]) =>
    fieldFrom(object, name, pointedAt(account, drafts[field] as FieldDraft)),
  );
  return key === null ? named : [keyField(object, key), ...named];
}

function pointedAt(account: string, field: FieldDraft): FieldDraft {
  const { kind } = field;
  const refers = kind.type === 'lookup' || kind.type === 'parent';
  return refers && kind.to === 'Account' ? { ...field, kind: { ...kind, to: account } } : field;
}

const KEY_LENGTH = 80;

function keyField(object: string, name: string): OrgField {
  return {
    object,
    name,
    label: 'Truenorth Key',
    help: 'How Truenorth finds this record again. Do not change it.',
    kind: text(KEY_LENGTH),
    required: false,
    externalId: true,
    startsAs: null,
  };
}
