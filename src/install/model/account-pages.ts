import type { WrittenField } from '../../domain/settle/written.js';
import { CRM_RECORDS } from '../../ports/crm-records.js';
import type { AttributeMapping, CrmMapping } from '../../ports/mapping.js';
import type { CompactLayout, ListView, QuickAction, RecordPage } from '../../ports/org-model.js';
import { type AccountModel, BAND_IMAGE } from './account.js';

/** Fields of the account by what they hold, as far as the mapping knows a plain field for it. */
export interface Shown {
  readonly object: string;
  readonly field: (fact: WrittenField) => string | null;
  /** A field that the mapping reads; null where it is a path or not mapped. */
  readonly read: (attribute: string) => string | null;
  /** The customer's own checkbox that says who has left, or null. */
  readonly churned: string | null;
}

export function shownOf(mapping: CrmMapping, { object }: AccountModel): Shown {
  const attributes = mapping.objects.find(({ kind }) => kind === 'account')?.attributes ?? [];
  return {
    object,
    field: (fact) => mapping.write.find((rule) => rule.fact === fact)?.field ?? null,
    read: (name) => {
      const field = attributes.find(({ attribute }) => attribute === name)?.field ?? null;
      return field === null || field.includes('.') ? null : field;
    },
    churned: churnedField(attributes),
  };
}

/** Who has left stands as a checkbox on the account itself; otherwise no filter can tell. */
export function churnedField(attributes: readonly AttributeMapping[]): string | null {
  const found = attributes.find(({ attribute }) => attribute === 'churned');
  return found === undefined || found.field.includes('.') || found.translate !== null ? null : found.field;
}

function present(fields: readonly (string | null)[]): readonly string[] {
  return [...new Set(fields.filter((field) => field !== null))];
}

/** What somebody wants to see of an account in a list, in reading order. */
function columns(shown: Shown, also: readonly (string | null)[] = []): readonly string[] {
  const { field } = shown;
  return present([
    'Name',
    field('score'),
    field('band'),
    field('tier'),
    ...also,
    field('drivers'),
    'OwnerId',
  ]);
}

type Filters = ListView['filters'];

export function accountListViews(shown: Shown): readonly ListView[] {
  const { field, read } = shown;
  const band = (value: string): Filters => one(field('band'), 'equals', value);
  const lastTouch = read('lastActivityOn') ?? (shown.object === 'Account' ? 'LastActivityDate' : null);
  const renewal = read('renewalOn');
  const waiting = field('tierWaitingFor');
  return [
    view(shown, ['At_Risk', 'Health: at risk'], band('risk'), [field('bandSince')]),
    view(shown, ['Watch', 'Health: watch'], band('watch'), [field('bandSince')]),
    view(shown, ['Watermelon', 'Green outside, red inside'], one(field('watermelon'), 'equals', '1'), []),
    view(shown, ['Tier_Moves', 'Touch tier: waiting to move'], one(waiting, 'notEqual', ''), [
      waiting,
      field('tierReason'),
    ]),
    view(shown, ['Quiet', 'Quiet for 90 days'], one(lastTouch, 'lessThan', 'LAST_N_DAYS:90'), [lastTouch]),
    view(shown, ['Never_Touched', 'Quiet: no activity yet'], one(lastTouch, 'equals', ''), []),
    view(
      shown,
      ['Renewing', 'Renewing in 90 days'],
      [...one(renewal, 'greaterOrEqual', 'TODAY'), ...one(renewal, 'lessOrEqual', 'NEXT_N_DAYS:90')],
      [renewal],
    ),
  ]
    .filter(({ filters }) => filters.length > 0)
    .map((one) => ({ ...one, filters: [...one.filters, ...stillCustomers(shown)] }));
}

/** Nobody has work to do for a customer who has left. */
function stillCustomers({ churned }: Shown): Filters {
  return one(churned, 'equals', '0');
}

function one(field: string | null, operation: Filters[number]['operation'], value: string): Filters {
  return field === null ? [] : [{ field, operation, value }];
}

function view(
  shown: Shown,
  [name, label]: readonly [string, string],
  filters: Filters,
  also: readonly (string | null)[],
): ListView {
  return { object: shown.object, name: `Truenorth_${name}`, label, columns: columns(shown, also), filters };
}

/** Not assigned to the account: an admin may choose it. */
export function accountCompactLayout({ object, field }: Shown, image: boolean): CompactLayout {
  const fields = present([
    'Name',
    image ? BAND_IMAGE : null,
    field('score'),
    field('band'),
    field('trend'),
    field('tier'),
    field('phase'),
  ]);
  return { object, name: 'Truenorth_Health', label: 'Customer Health', fields };
}

export function pulseAction({ object }: Shown): QuickAction {
  const { object: creates, fields } = CRM_RECORDS.pulse;
  return {
    object,
    name: 'Truenorth_File_Pulse',
    label: 'File a Health Pulse',
    creates,
    parentField: fields.account,
    fields: [
      { name: fields.value, required: true },
      { name: fields.expiresOn, required: false },
      { name: fields.reason, required: true },
    ],
  };
}

/** An admin activates it; the page that is in use stays until then. */
export function accountPage(shown: Shown, image: boolean, components: readonly string[]): RecordPage {
  const { field, object } = shown;
  const sections = [
    {
      label: 'Customer Health',
      fields: present([
        image ? BAND_IMAGE : null,
        field('score'),
        field('band'),
        field('trend'),
        field('bandSource'),
        field('bandSince'),
        field('coverage'),
        field('drivers'),
        field('driversDetail'),
      ]),
    },
    {
      label: 'Touch Tier',
      fields: present([
        field('tier'),
        field('tierReason'),
        field('tierSince'),
        field('tierWaitingFor'),
        field('phase'),
        field('stage'),
      ]),
    },
  ];
  return {
    object,
    name: 'Truenorth_Account_Page',
    label: 'Account with Customer Health',
    description: 'The account with its health, why it is so, and what was done for the customer.',
    components,
    sections: sections.filter(({ fields }) => fields.length > 0),
    related: [
      { relationship: 'Health_Pulses', label: 'Health Pulses' },
      { relationship: 'Health_Snapshots', label: 'Health Snapshots' },
      { relationship: 'Playbook_Episodes', label: 'Playbook Episodes' },
      { relationship: 'Enrolment_Decisions', label: 'Enrolment Decisions' },
    ],
  };
}
