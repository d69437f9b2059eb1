import type { Crm, CrmRecord } from '../ports/crm.js';
import { IntegrationError } from '../ports/errors.js';
import type { CrmMapping } from '../ports/mapping.js';

/** Somebody or something beside us that may change our account fields, or did. */
export interface OtherWriter {
  /** One sentence. */
  readonly what: string;
  /** What to do about it, or null. */
  readonly mend: string | null;
}

/** What the doctor knows of fields that others have changed: `contested` of the state. */
export interface ChangedByOthers {
  /** One of the records. */
  readonly record: string;
  readonly field: string;
}

const OURS = /^Truenorth_/i;
const NAMED = 4;

/**
 * Who else may write our account fields, as far as the integration user can see: permission sets and profiles with
 * Edit on them, active flows on accounts, HubSpot's own connector, and who last saved the records that others changed.
 * What may not be looked at is left out.
 */
export async function otherWriters(
  crm: Crm,
  mapping: CrmMapping,
  changed: readonly ChangedByOthers[],
): Promise<readonly OtherWriter[]> {
  const looks = [
    () => grantedElsewhere(crm, mapping),
    () => flowsOnAccounts(crm),
    () => hubspotConnector(crm, mapping),
    () => lastAuthors(crm, mapping, changed),
  ];
  const found: OtherWriter[] = [];
  for (const look of looks) found.push(...(await whereVisible(look)));
  return found;
}

async function whereVisible(look: () => Promise<readonly OtherWriter[]>): Promise<readonly OtherWriter[]> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof IntegrationError) || error.kind === 'Authentication') throw error;
    return [];
  }
}

function accountOf({ objects }: CrmMapping): string {
  return objects.find(({ kind }) => kind === 'account')?.object ?? 'Account';
}

/** Edit on a field of ours by any permission set or profile that is not ours. */
async function grantedElsewhere(crm: Crm, mapping: CrmMapping): Promise<readonly OtherWriter[]> {
  if (!(await isThere(crm, 'FieldPermissions'))) return [];
  const account = accountOf(mapping);
  const fields = mapping.write.map(({ field }) => `${account}.${field}`);
  const rows = await crm.select(
    'FieldPermissions',
    ['Field', 'PermissionsEdit', 'ParentId', 'Parent.Name', 'Parent.Label', 'Parent.IsOwnedByProfile'],
    [{ field: 'Field', in: fields }],
  );
  const theirs = rows.filter(
    ({ values }) => values.PermissionsEdit === true && !OURS.test(String(values['Parent.Name'] ?? '')),
  );
  return [...Map.groupBy(theirs, ({ values }) => String(values.ParentId))].map(([, granted]) => ({
    what: `${holder(granted)} may edit ${listed(granted.map(({ values }) => String(values.Field).split('.')[1] ?? ''))}: what its people change there is put right by the next run.`,
    mend: 'Take Edit on these fields away from it; to hold a tier there is the tier lock, to set a band the pulse.',
  }));
}

function holder(granted: readonly CrmRecord[]): string {
  const values = granted[0]?.values ?? {};
  const kind = values['Parent.IsOwnedByProfile'] === true ? 'A profile' : 'The permission set';
  const label = values['Parent.IsOwnedByProfile'] === true ? '' : ` "${values['Parent.Label'] ?? ''}"`;
  return `${kind}${label}`;
}

function listed(names: readonly string[]): string {
  const sorted = names.toSorted();
  const more = sorted.length - NAMED;
  return more > 0 ? `${sorted.slice(0, NAMED).join(', ')} and ${more} more` : sorted.join(', ');
}

/** Which fields a flow sets can't be asked for: those that run on accounts are named. */
async function flowsOnAccounts(crm: Crm): Promise<readonly OtherWriter[]> {
  if (!(await isThere(crm, 'FlowDefinitionView'))) return [];
  const flows = await crm.select(
    'FlowDefinitionView',
    ['Label', 'IsActive', 'TriggerObjectOrEventLabel'],
    [{ field: 'ProcessType', in: ['AutoLaunchedFlow', 'Workflow'] }],
  );
  const running = flows.filter(
    ({ values }) => values.IsActive === true && values.TriggerObjectOrEventLabel === 'Account',
  );
  if (running.length === 0) return [];
  const names = running.map(({ values }) => `"${values.Label}"`);
  return [
    {
      what: `Active flows run on accounts: ${listed(names)}. Which fields they set can't be seen from here; the next run tells when one changes ours.`,
      mend: null,
    },
  ];
}

/** Its package is visible by what it brought along; its user is an ordinary one and shows only as an author. */
async function hubspotConnector(crm: Crm, mapping: CrmMapping): Promise<readonly OtherWriter[]> {
  const [account] = await crm.describe([accountOf(mapping)]);
  const names = [...(await crm.objects()), ...(account?.fields ?? [])].map(({ name }) => name);
  if (!names.some((name) => name.startsWith(HUBSPOT_PACKAGE))) return [];
  return [
    {
      what: 'HubSpot’s own Salesforce connector is or was installed: it writes every field that is mapped in it.',
      mend: 'In HubSpot, under Settings, Integrations, Salesforce, map none of our fields, or set them to "Always use Salesforce".',
    },
  ];
}

const HUBSPOT_PACKAGE = 'HubSpot_Inc__';

/** Who last saved the records on which a field of ours was changed by others. */
async function lastAuthors(
  crm: Crm,
  mapping: CrmMapping,
  changed: readonly ChangedByOthers[],
): Promise<readonly OtherWriter[]> {
  if (changed.length === 0) return [];
  const records = [...new Set(changed.map(({ record }) => record))].slice(0, MOST_RECORDS);
  const rows = await crm.fetch(accountOf(mapping), records, ['LastModifiedBy.Name']);
  const byAuthor = Map.groupBy(rows, ({ values }) => String(values['LastModifiedBy.Name'] ?? 'somebody'));
  return [...byAuthor].map(([author, saved]) => ({
    what: `${saved.length} of the accounts on which others change our fields ${saved.length === 1 ? 'was' : 'were'} last saved by ${author} (for example ${saved[0]?.id}); where that is the integration user itself, a flow or trigger changed the value in the same save.`,
    mend: null,
  }));
}

const MOST_RECORDS = 200;

async function isThere(crm: Crm, object: string): Promise<boolean> {
  return (await crm.describe([object])).some(({ queryable }) => queryable);
}
