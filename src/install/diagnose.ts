import { dayOfZone, type Instant } from '../domain/day.js';
import { CHANNELS, type ChannelId } from '../domain/engagement/channel.js';
import { isOwnKind } from '../domain/facts/record.js';
import type { Crm } from '../ports/crm.js';
import type { CrmInstaller } from '../ports/crm-installer.js';
import { IntegrationError } from '../ports/errors.js';
import { checkObject, isMendedByInstall } from '../ports/mapped-fields.js';
import type { ObjectMapping } from '../ports/mapping.js';
import type { Channel, MarketingTool } from '../ports/marketing.js';
import type { Settings } from '../ports/settings.js';
import type { DeadLetterStore, PublishedStore } from '../ports/state-store.js';
import { marketingProperties } from './marketing-properties.js';
import { orgModel } from './model/index.js';
import { type ChangedByOthers, otherWriters } from './other-writers.js';
import { type StorageUse, storageUse } from './storage.js';

/** One line of the doctor: fine, worth knowing, or in the way. */
export interface Finding {
  readonly level: 'fine' | 'note' | 'problem';
  readonly what: string;
  /** The one command or click that mends it, or null. */
  readonly mend: string | null;
}

export interface Patient {
  readonly crm: Crm;
  readonly installer: CrmInstaller;
  readonly marketing: readonly MarketingTool[];
  readonly channels: ReadonlyMap<ChannelId, Channel>;
  readonly settings: Settings;
  readonly deadLetters: DeadLetterStore;
  readonly published: PublishedStore;
  readonly now: Instant;
  /** Fields that others change again and again, with one sentence each. */
  readonly contested: readonly (ChangedByOthers & { readonly sentence: string })[];
}

const fine = (what: string): Finding => ({ level: 'fine', what, mend: null });
const note = (what: string, mend: string | null): Finding => ({ level: 'note', what, mend });
const problem = (what: string, mend: string): Finding => ({ level: 'problem', what, mend });

/** Looks at everything that a run needs, in the order in which it would fail. Writes nothing. */
export async function diagnose(patient: Patient): Promise<readonly Finding[]> {
  const findings: Finding[] = [fine('config/ and mappings/ are in order')];
  findings.push(...patient.settings.notes.map((text) => note(text, null)));
  const connected = await caught('Salesforce', async () => {
    const org = await patient.crm.org();
    return [
      fine(
        `Salesforce: logged in to ${org.name} (${org.production ? 'production' : 'not production'}), days in ${org.timeZone}`,
      ),
    ];
  });
  findings.push(...connected);
  if (connected.some(({ level }) => level === 'problem')) return findings;
  findings.push(...(await caught('Salesforce fields', () => mappedFields(patient))));
  findings.push(...(await caught('Installation', () => installation(patient))));
  findings.push(...(await caught('Other writers', () => writerFindings(patient))));
  findings.push(...(await caught('HubSpot', () => hubspotFindings(patient))));
  findings.push(...(await caught('Outreach', () => outreachFindings(patient))));
  findings.push(...(await caught('Tasks and campaigns', () => workFindings(patient))));
  findings.push(...(await caught('Playbooks', () => targetFindings(patient))));
  findings.push(...(await caught('Storage', () => storageFindings(patient))));
  findings.push(...patient.contested.map(({ sentence }) => problem(sentence, 'truenorth retry')));
  findings.push(apiFinding(patient.crm), ...(await letterFindings(patient.deadLetters)));
  return findings;
}

async function caught(what: string, look: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof IntegrationError)) throw error;
    return [problem(`${what}: ${error.message}`, error.actions.join(' '))];
  }
}

async function mappedFields({ crm, settings }: Patient): Promise<readonly Finding[]> {
  const { objects } = settings.crm;
  const described = new Map(
    (await crm.describe(objects.map(({ object }) => object))).map((object) => [
      object.name.toLowerCase(),
      object,
    ]),
  );
  const check = (mapping: ObjectMapping) =>
    checkObject(mapping, described.get(mapping.object.toLowerCase()) ?? null, settings.crm);
  const ours = objects
    .filter(({ kind }) => isOwnKind(kind))
    .flatMap(check)
    .map(({ sentence }) => note(`${sentence} Nothing is read from it.`, 'truenorth install --apply'));
  const read = objects.filter(({ kind }) => !isOwnKind(kind));
  const problems = read.flatMap(check);
  // What install would mend is told once, below.
  const theirs = problems.filter((found) => !isMendedByInstall(found));
  if (theirs.length === 0)
    return [fine(`All mapped fields of ${read.map(({ object }) => object).join(', ')} can be read`), ...ours];
  return [...theirs.map(({ sentence, action }) => problem(sentence, action)), ...ours];
}

async function installation({ installer, settings }: Patient): Promise<readonly Finding[]> {
  const { missing, granted, assigned } = await installer.standing(
    orgModel(settings.crm, { runningUser: null }),
  );
  const found: Finding[] = [];
  if (missing.length > 0)
    found.push(
      problem(
        `${missing.length} of our objects and fields do not exist yet, or may not be seen: ${shortened(missing)}`,
        'truenorth install --apply',
      ),
    );
  if (!granted)
    found.push(
      problem(
        'The permission set "Truenorth Integration" is missing or out of date',
        'truenorth install --apply',
      ),
    );
  if (!assigned)
    found.push(
      problem('The permission set is not assigned to the integration user', 'truenorth install --apply'),
    );
  return found.length > 0 ? found : [fine('Our fields, objects and permissions are installed')];
}

const SHOWN = 3;

function shortened(names: readonly string[]): string {
  return names.length > SHOWN ? `${names.slice(0, SHOWN).join(', ')} …` : names.join(', ');
}

async function writerFindings({ crm, settings, contested }: Patient): Promise<readonly Finding[]> {
  const found = await otherWriters(crm, settings.crm, contested);
  return found.map(({ what, mend }) => note(what, mend));
}

async function hubspotFindings({ marketing, settings }: Patient): Promise<readonly Finding[]> {
  const hubspot = marketing.find(({ id }) => id === 'hubspot');
  if (hubspot === undefined || settings.marketing === null) {
    return [
      note(
        'HubSpot is not connected: steps through its lists and sequences are left out',
        'Set TRUENORTH_HUBSPOT_TOKEN to connect it.',
      ),
    ];
  }
  const { account } = await hubspot.identity();
  const missing = await hubspot.missingProperties(marketingProperties(settings.marketing));
  const found = [fine(`HubSpot: connected to ${account}`)];
  if (missing.length > 0)
    found.push(problem(`HubSpot lacks ${missing.length} properties of ours`, 'truenorth install --apply'));
  return found;
}

async function outreachFindings({ marketing }: Patient): Promise<readonly Finding[]> {
  const outreach = marketing.find(({ id }) => id === 'outreach');
  if (outreach === undefined) return [];
  const { account } = await outreach.identity();
  return [fine(`Outreach: connected to ${account}`)];
}

/** Objects that a channel of the CRM itself writes to, and what lets a user do so. */
const WRITTEN_BY = {
  'salesforce-task': { object: 'Task', mend: 'Give the integration user the Edit Tasks permission.' },
  'salesforce-campaign': {
    object: 'CampaignMember',
    mend: 'Tick Marketing User on the integration user, and let it edit campaigns.',
  },
} as const satisfies Partial<Record<ChannelId, { readonly object: string; readonly mend: string }>>;

/** Whether the integration user may open tasks and add campaign members, where a playbook does. */
async function workFindings({ crm, settings }: Patient): Promise<readonly Finding[]> {
  const used = new Set<string>(
    settings.playbooks.flatMap(({ steps }) => steps.map(({ channel }) => channel)),
  );
  const asked = Object.entries(WRITTEN_BY).filter(([channel]) => used.has(channel));
  if (asked.length === 0) return [];
  const described = await crm.describe(asked.map(([, { object }]) => object));
  const writable = described.filter(({ fields }) => fields.some(({ createable }) => createable));
  const names = new Set(writable.map(({ name }) => name));
  return asked.map(([channel, { object, mend }]) =>
    names.has(object)
      ? fine(`Steps through ${channel} may be taken: ${object} can be created`)
      : problem(
          `Steps through ${channel} would be refused: the integration user may not create ${object} records`,
          mend,
        ),
  );
}

/** What a step names must be there, except lists, which are made when they are first used. */
async function targetFindings({ channels, settings }: Patient): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  const asked = new Set<string>();
  for (const { channel, target } of settings.playbooks.flatMap(({ steps }) => steps)) {
    const name = `${channel}|${target}`;
    if (asked.has(name) || channel === 'hubspot-list') continue;
    asked.add(name);
    const known = (await channels.get(channel)?.exists(target)) ?? true;
    if (!known)
      found.push(
        note(
          `There is no "${target}" (${CHANNELS[channel].target}, ${channel}): the step that names it would wait for it`,
          'Create it there, or name an existing one in config/playbooks/.',
        ),
      );
  }
  return found;
}

function apiFinding(crm: Crm): Finding {
  const { org } = crm.usage();
  if (org === null) return note('Salesforce did not say how many API requests are left', null);
  const share = Math.round((org.used / Math.max(1, org.allowed)) * 100);
  return fine(`Salesforce API: ${org.used} of ${org.allowed} requests used in 24 hours (${share} %)`);
}

async function storageFindings({ crm, published, settings, now }: Patient): Promise<readonly Finding[]> {
  const { timeZone } = await crm.org();
  const today = dayOfZone(timeZone)(now);
  const used = await storageUse({ crm, published, settings: settings.service.records, today });
  if (used.length === 0) return [];
  const sum = (of: (use: StorageUse) => number): string =>
    used.reduce((total, use) => total + of(use), 0).toFixed(1);
  const each = used.map(({ kind, records, mbInAYear }) => `${kind}s ${records}, ${mbInAYear} MB in a year`);
  const full = used.filter(({ mb, budgetMb }) => mb >= budgetMb);
  return [
    fine(
      `Data storage of our records: ${sum(({ mb }) => mb)} MB now, about ${sum(({ mbInAYear }) => mbInAYear)} MB after a year (${each.join('; ')})`,
    ),
    ...full.map(({ kind, budgetMb }) =>
      problem(
        `The ${kind}s have used up their ${budgetMb} MB: no new one is made`,
        'Raise budgetMb or lower keepDays under records in config/service.yaml.',
      ),
    ),
  ];
}

async function letterFindings(deadLetters: DeadLetterStore): Promise<readonly Finding[]> {
  const count = await deadLetters.count();
  return count === 0
    ? []
    : [
        note(
          count === 1 ? '1 record was refused and waits' : `${count} records were refused and wait`,
          'truenorth runs shows why; mend the cause, then truenorth retry',
        ),
      ];
}
