import { CRM_RECORDS, type CrmRecordField, type CrmRecordKind } from '../../ports/crm-records.js';
import type { CompactLayout, ListView, OrgField, PageLayout } from '../../ports/org-model.js';
import { fieldsOf, objectOf, RECORD_KINDS } from './records.js';

/** How records of a kind are shown: what a list has, what stands at the top of a record, what is hidden in a list. */
interface Sight<Kind extends CrmRecordKind> {
  readonly list: string;
  readonly columns: readonly CrmRecordField<Kind>[];
  readonly only: { readonly field: CrmRecordField<Kind>; readonly value: string } | null;
  /** Fields at the top of a record; no text over several lines can stand there. */
  readonly top: readonly CrmRecordField<Kind>[];
}

const SIGHTS: { readonly [Kind in CrmRecordKind]: Sight<Kind> } = {
  pulse: {
    list: 'Health pulses',
    columns: ['account', 'value', 'reason', 'expiresOn'],
    only: null,
    top: ['account', 'value', 'expiresOn'],
  },
  snapshot: {
    list: 'Health snapshots',
    columns: ['on', 'account', 'why', 'score', 'band', 'bandBefore', 'tier', 'tierBefore'],
    only: null,
    top: ['account', 'on', 'score', 'band', 'tier'],
  },
  episode: {
    list: 'Playbooks that run',
    columns: ['account', 'label', 'status', 'startedOn', 'endedOn', 'endedBy', 'goalReachedOn'],
    only: { field: 'status', value: 'running' },
    top: ['account', 'label', 'status', 'startedOn', 'endedBy'],
  },
  decision: {
    list: 'Enrolment decisions',
    columns: ['on', 'account', 'contact', 'playbook', 'step', 'channel', 'outcome', 'code', 'count'],
    only: null,
    top: ['account', 'playbook', 'channel', 'outcome', 'on'],
  },
  metric: {
    list: 'Program: latest numbers',
    columns: ['label', 'period', 'segment', 'tier', 'band', 'value', 'unit', 'target', 'met', 'sample'],
    only: { field: 'current', value: '1' },
    top: ['label', 'period', 'value', 'target', 'met'],
  },
  advocate: {
    list: 'Advocates',
    columns: ['account', 'contact', 'foundOn', 'kind', 'willing', 'askedOn', 'givenOn', 'restUntil'],
    only: null,
    top: ['account', 'contact', 'kind', 'willing', 'restUntil'],
  },
  run: {
    list: 'Sync runs',
    columns: [
      'startedAt',
      'status',
      'accountsAssessed',
      'recordsChanged',
      'enrolments',
      'tasks',
      'errors',
      'apiCalls',
      'summary',
    ],
    only: null,
    top: ['startedAt', 'status', 'recordsChanged', 'enrolments', 'errors'],
  },
  error: {
    list: 'Sync errors that wait',
    columns: ['account', 'object', 'code', 'message', 'advice', 'attempts', 'lastSeenOn', 'retry'],
    only: { field: 'status', value: 'waiting' },
    top: ['account', 'object', 'code', 'status', 'retry'],
  },
};

function namesIn(kind: CrmRecordKind, fields: readonly string[]): readonly string[] {
  const names: Readonly<Record<string, string>> = CRM_RECORDS[kind].fields;
  return fields.map((field) => String(names[field]));
}

export const recordListViews: readonly ListView[] = RECORD_KINDS.map((kind) => {
  const { list, columns, only } = SIGHTS[kind];
  const filters =
    only === null
      ? []
      : namesIn(kind, [only.field]).map((field) => ({
          field,
          operation: 'equals' as const,
          value: only.value,
        }));
  const object = CRM_RECORDS[kind].object;
  return {
    object,
    name: 'Truenorth_List',
    label: list,
    columns: ['Name', ...namesIn(kind, columns), ...(kind === 'pulse' ? ['CreatedById', 'CreatedDate'] : [])],
    filters,
  };
});

export const recordCompactLayouts: readonly CompactLayout[] = RECORD_KINDS.map((kind) => ({
  object: CRM_RECORDS[kind].object,
  name: 'Truenorth_Summary',
  label: objectOf(kind).label,
  fields: ['Name', ...namesIn(kind, SIGHTS[kind].top)],
}));

export const recordLayouts: readonly PageLayout[] = RECORD_KINDS.map((kind) => ({
  object: CRM_RECORDS[kind].object,
  label: `${objectOf(kind).label} Layout`,
  sections: [{ label: objectOf(kind).label, fields: ['Name', ...layoutFields(kind)] }],
  related: kind === 'episode' ? [decisionsOfEpisode()] : [],
}));

/** The key last: it is of use to nobody who reads. */
function layoutFields(kind: CrmRecordKind): readonly string[] {
  const isKey = ({ externalId }: OrgField): boolean => externalId;
  const fields = fieldsOf(kind, 'Account');
  return [...fields.filter((field) => !isKey(field)), ...fields.filter(isKey)].map(({ name }) => name);
}

function decisionsOfEpisode(): PageLayout['related'][number] {
  const { object, fields } = CRM_RECORDS.decision;
  const columns = namesIn('decision', ['on', 'step', 'contact', 'channel', 'outcome']);
  return { child: object, lookup: fields.episode, columns: ['Name', ...columns] };
}
