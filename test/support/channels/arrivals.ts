import type { LedgerEntry } from '../../../src/ports/state-store.js';
import type { Company } from '../company.js';
import { withState } from '../end-state.js';
import type { ChannelCompany, Customer } from './channel-company.js';

/** What each vendor itself knows of a person, now. */
export interface Arrivals {
  /** Lists of HubSpot that hold them. */
  readonly lists: readonly string[];
  /** The sequence of HubSpot that runs, or null. */
  readonly hubspot: string | null;
  /** Sequences of Outreach with the state that they are in. */
  readonly outreach: readonly string[];
  readonly campaigns: readonly string[];
  /** Subjects of tasks about the account, without the day behind them. */
  readonly tasks: readonly string[];
  readonly events: readonly string[];
}

export async function arrivals(company: ChannelCompany, customer: Customer): Promise<Arrivals> {
  return {
    ...inHubspot(company, customer),
    outreach: inOutreach(company, customer),
    ...(await inSalesforce(company, customer)),
    events: company.webhook
      .deliveries()
      .map(({ body }) => body as { readonly type: string; readonly contact: string })
      .filter(({ contact }) => contact === customer.contact)
      .map(({ type }) => type),
  };
}

function inHubspot({ sandbox }: Company, { email }: Customer): Pick<Arrivals, 'lists' | 'hubspot'> {
  const { lists, sequences, contacts } = sandbox.servers.hubspot.portal;
  const found = [...contacts.rows.scan()].find(({ properties }) => properties.email === email);
  if (found === undefined) return { lists: [], hubspot: null };
  const running = sequences.running(found.id);
  return {
    lists: lists.all().flatMap(({ name, members }) => (members.has(found.id) ? [name] : [])),
    hubspot: running === null ? null : (sequences.find(running.sequenceId)?.name ?? null),
  };
}

function inOutreach({ sandbox }: Company, { email }: Customer): readonly string[] {
  const { prospects, sequences, states } = sandbox.servers.outreach.org;
  const id = prospects.ownerOf(email);
  if (id === null) return [];
  return states.ofProspect(id).map(({ related, attributes }) => {
    const sequence = sequences.byId(related.sequence ?? 0);
    return `${sequence?.attributes.name}: ${attributes.state}`;
  });
}

async function inSalesforce(
  { soql }: Company,
  { account, contact }: Customer,
): Promise<Pick<Arrivals, 'campaigns' | 'tasks'>> {
  const members = await soql(
    `SELECT Campaign.Name FROM CampaignMember WHERE ContactId = '${contact}' ORDER BY Campaign.Name`,
  );
  const tasks = await soql(
    `SELECT Subject FROM Task WHERE WhatId = '${account}' ORDER BY CreatedDate, Subject`,
  );
  return {
    campaigns: members.map(({ Campaign }) => String((Campaign as { readonly Name: string }).Name)),
    tasks: tasks.map(({ Subject }) => String(Subject).replace(/ \([^(]*\)$/, '')),
  };
}

/** Why a step did not come, by step. */
export async function refusals(
  { folder }: Company,
  { account }: Customer,
): Promise<Readonly<Record<string, string | null>>> {
  const entries = await withState(folder, (state) => state.ledger.ofAccount(account));
  const refused = entries.filter(({ status }: LedgerEntry) => status === 'refused');
  return Object.fromEntries(refused.map(({ step, code }) => [step, code]));
}
