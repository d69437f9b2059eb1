import type { LedgerEntry, StoredEpisode } from '../../../src/ports/state-store.js';
import type { Company } from '../company.js';
import { withState } from '../end-state.js';
import { accountOf, CSM, contactOf, emailOf, OWNER } from './book.js';
import { dayOf } from './days.js';
import { SHIPPED, type ShippedStep, stepNamed } from './shipped.js';
import { ROLES, type Role, type Story } from './story.js';

/** Something that really happened, by the word of the systems that it happened in. */
export interface Happened {
  readonly account: string;
  readonly day: number;
  readonly playbook: string;
  readonly step: string;
  /** A role of the customer's, or one of us; `csm about user` where a task is about somebody. */
  readonly whom: string;
  /** Days until the task is due; null for a message. */
  readonly dueIn: number | null;
  /** What the playbook says of it. */
  readonly saidDueIn: number | null;
}

interface People {
  readonly byEmail: ReadonlyMap<string, { readonly account: string; readonly role: Role }>;
  readonly byContact: ReadonlyMap<string, Role>;
}

export function peopleIn(stories: readonly Story[]): People {
  const all = stories.flatMap((story, nth) => ROLES.map((role) => ({ story, nth, role })));
  return {
    byEmail: new Map(
      all.map(({ story, nth, role }) => [emailOf(nth, role), { account: accountOf(nth, story), role }]),
    ),
    byContact: new Map(all.map(({ nth, role }) => [contactOf(nth, role), role])),
  };
}

/** Every list that somebody joined, from HubSpot. */
export async function joined({ sandbox, control }: Company, people: People): Promise<readonly Happened[]> {
  const { portal } = sandbox.servers.hubspot;
  const names = new Map(portal.lists.all().map(({ listId, name }) => [listId, name]));
  const additions = (await control('hubspot', 'GET', '/list-additions')) as readonly {
    readonly listId: string;
    readonly recordId: string;
    readonly at: string;
  }[];
  return additions.map(({ listId, recordId, at }) => {
    const step = stepNamed(names.get(listId) ?? '');
    const email = portal.contacts.rows.byId(recordId)?.properties.email ?? '';
    const who = people.byEmail.get(email);
    if (step === undefined || who === undefined) throw new Error(`${email} joined ${names.get(listId)}`);
    return { ...placed(step), account: who.account, day: dayOf(at), whom: who.role, dueIn: null };
  });
}

/** Every task that was opened, from Salesforce. */
export async function opened({ soqlAll }: Company, people: People): Promise<readonly Happened[]> {
  const fields = 'Subject, WhatId, WhoId, OwnerId, ActivityDate, CreatedDate';
  const tasks = await soqlAll(`SELECT ${fields} FROM Task`);
  return tasks.map((task) => {
    const day = dayOf(String(task.CreatedDate));
    const about = people.byContact.get(String(task.WhoId));
    const owner =
      task.OwnerId === CSM.Id ? 'csm' : task.OwnerId === OWNER.Id ? 'owner' : String(task.OwnerId);
    return {
      ...placed(stepOfTask(String(task.Subject))),
      account: String(task.WhatId),
      day,
      whom: about === undefined ? owner : `${owner} about ${about}`,
      dueIn: dayOf(String(task.ActivityDate)) - day,
    };
  });
}

function placed({ playbook, step, dueIn }: ShippedStep): Pick<Happened, 'playbook' | 'step' | 'saidDueIn'> {
  return { playbook, step, saidDueIn: dueIn };
}

/** By its words, without the day and what it is about. */
function stepOfTask(subject: string): ShippedStep {
  const words = subject.replace(/ \(\d+ \w+ \d{4}\)$/, '');
  const step = stepNamed(words) ?? stepNamed(words.replace(/: [^:]*$/, ''));
  if (step !== undefined) return step;
  const late = SHIPPED.find(({ label }) => words.startsWith(`Still open: ${label}`));
  if (late !== undefined) return { playbook: late.id, step: 'escalation', target: subject, dueIn: 1 };
  if (/^Answer the customer’s reply/.test(words))
    return { playbook: '*', step: 'reply', target: subject, dueIn: 1 };
  throw new Error(`no playbook opens "${subject}"`);
}

/** `list < record` for everybody who is in a list now. */
export function inLists({ sandbox }: Company): ReadonlySet<string> {
  const lists = sandbox.servers.hubspot.portal.lists.all();
  return new Set(lists.flatMap(({ name, members }) => [...members.keys()].map((id) => `${name} < ${id}`)));
}

export function isInList({ channel, status }: LedgerEntry): boolean {
  return channel === 'hubspot-list' && status === 'enrolled';
}

export function placeIn({ target, recordId }: LedgerEntry): string {
  return `${target} < ${recordId}`;
}

/** What the state remembers of an account. */
export interface Remembered {
  readonly ledger: readonly LedgerEntry[];
  readonly episodes: readonly StoredEpisode[];
}

export function remembered(
  company: Company,
  accounts: readonly string[],
): Promise<ReadonlyMap<string, Remembered>> {
  return withState(company.folder, async (state) => {
    const found = new Map<string, Remembered>();
    for (const account of accounts) {
      const ledger = await state.ledger.ofAccount(account);
      found.set(account, { ledger, episodes: await state.episodes.ofAccount(account) });
    }
    return found;
  });
}

/** `20 refused: cooldown`, and `5 invite refused cooldown: user` where it is about a person. */
export function refusals({ ledger }: Remembered, people: People): readonly Happened[] {
  return ledger.flatMap((entry) => {
    if (entry.status !== 'refused' && entry.status !== 'deferred') return [];
    const { account, playbook, step, contact, status, code } = entry;
    const role = contact === null ? null : people.byContact.get(contact);
    return [
      {
        account,
        playbook,
        day: dayOf(entry.day),
        step: role === null ? status : `${step} ${status} ${code}`,
        whom: role ?? code ?? '',
        dueIn: null,
        saidDueIn: null,
      },
    ];
  });
}

/** `6 completed`, `12 goal on 13`, `6 running`, `6 held out`. */
export function episodesIn({ episodes }: Remembered, playbook: string): readonly string[] {
  return episodes
    .filter((episode) => episode.playbook === playbook)
    .sort((a, b) => a.seenOn - b.seenOn || a.edge - b.edge)
    .map(({ seenOn, heldOut, ended }) => {
      const out = heldOut ? 'held out, ' : '';
      const by = ended?.by ?? 'running';
      const early = ended === null || by === 'completed' || by === 'refused' ? '' : ` on ${dayOf(ended.on)}`;
      return `${dayOf(seenOn)} ${out}${by}${early}`;
    });
}
