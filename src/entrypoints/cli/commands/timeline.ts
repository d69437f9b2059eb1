import { parseDay, spokenDay } from '../../../domain/day.js';
import { normaliseEmail } from '../../../domain/engagement/person.js';
import type { StateStore } from '../../../ports/state-store.js';
import { PAGE } from '../../../sync/context.js';
import type { Happening } from '../../../sync/happenings.js';
import { accountTimeline, personTimeline } from '../../../sync/timeline.js';
import { EXIT } from '../exit-codes.js';
import { accountNamed, cannotFind } from '../find-account.js';
import type { Folder } from '../invocation.js';
import { lookAt } from '../look.js';
import type { Terminal } from '../terminal.js';

/** What `timeline --json` ends in: a contract, fields are added, never changed. */
interface Timeline {
  /** Of an account its name and id; of a person the contact ids, never an address. */
  readonly of:
    | { readonly kind: 'account'; readonly id: string; readonly name: string | null }
    | { readonly kind: 'person'; readonly contacts: readonly string[] };
  readonly happenings: readonly Happening[];
}

/** `timeline`: everything decided and done for an account or a person, in order of time, with reasons. */
export async function timelineCommand(folder: Folder, terminal: Terminal, asked: string): Promise<number> {
  const timeline = await folder.withState((state) => timelineOf(folder, state, asked.trim()));
  terminal.json(timeline);
  if (!terminal.asJson) sayTimeline(terminal, timeline);
  return EXIT.done;
}

async function timelineOf(folder: Folder, state: StateStore, asked: string): Promise<Timeline> {
  if (asked.includes('@')) return ofPerson(state, personOfAddress(folder, state, asked));
  if (/^003[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$/.test(asked)) {
    const person = await personOfContact(state, asked, lookAt(folder, state).digest.person);
    return ofPerson(state, person);
  }
  const id = await accountNamed(state, asked, 'show a timeline');
  const name = (await state.assessments.bundle(id))?.account.values.name ?? null;
  return {
    of: { kind: 'account', id, name: name === null ? null : String(name) },
    happenings: await accountTimeline(state, id),
  };
}

/** The address becomes its hash here, and goes no further: no message and no log holds it. */
function personOfAddress(folder: Folder, state: StateStore, asked: string): string {
  const address = normaliseEmail(asked);
  if (address === null)
    throw cannotFind('show a timeline', {
      code: 'NO_ADDRESS',
      message: 'What was given is no e-mail address.',
      action: 'Give a whole address, a contact id (003…), an account id (001…) or an account’s exact name.',
    });
  return lookAt(folder, state).digest.person(address);
}

async function personOfContact(
  state: StateStore,
  asked: string,
  hashOf: (email: string) => string,
): Promise<string> {
  const sent = await state.ledger.sentSince(0, { persons: [], contacts: [asked], accounts: [] });
  const last = sent.at(-1);
  if (last !== undefined) return last.person;
  // Rows are kept by account: whom nothing was sent yet is looked for in all of them.
  const pages = state.assessments.bundles({ which: 'all', day: 0, after: null }, PAGE);
  for await (const page of pages) {
    for (const { rows } of page) {
      const row = rows.contact?.find(({ id }) => id.startsWith(asked));
      if (row === undefined) continue;
      const address = normaliseEmail(row.values.email);
      if (address === null) throw noAddress(row.id);
      return hashOf(address);
    }
  }
  throw cannotFind('show a timeline', {
    code: 'CONTACT_NOT_FOUND',
    message: `No contact ${asked} is known here.`,
    action:
      'Give a contact id (003…) of 15 or 18 characters; a new contact is known after the next `truenorth plan`.',
  });
}

function noAddress(id: string) {
  return cannotFind('show a timeline', {
    code: 'CONTACT_WITHOUT_ADDRESS',
    message: `The contact ${id} has no valid e-mail address, so nobody was ever written to by it.`,
    action:
      'Ask for the account’s timeline instead; write the address in the CRM to have the person considered.',
  });
}

async function ofPerson(state: StateStore, person: string): Promise<Timeline> {
  const happenings = await personTimeline(state, person);
  const known = await state.persons.contactsOf([person]);
  const contacts = known.map(({ contact }) => contact);
  if (contacts.length === 0 && happenings.length === 0)
    throw cannotFind('show a timeline', {
      code: 'PERSON_NOT_FOUND',
      message: 'Nobody with that address is known here.',
      action: 'Check the spelling; a new contact is known after the next `truenorth plan`.',
    });
  return { of: { kind: 'person', contacts }, happenings };
}

function sayTimeline({ say, colors }: Terminal, { of, happenings }: Timeline): void {
  say(
    colors.bold(
      of.kind === 'account' ? `${of.name ?? 'Account'} (${of.id})` : `Contact ${of.contacts.join(', ')}`,
    ),
  );
  if (happenings.length === 0) say('  Nothing has been decided or done yet.');
  for (const happening of happenings) say(`  ${lineOf(happening)}`);
}

/** Date, what, playbook and step, channel, who, why, run: what is not known is left out. */
function lineOf({ day, what, playbook, step, channel, contact, why, run }: Happening): string {
  const place = [playbook, step].filter((part) => part !== null).join('/');
  const parts = [what, place, channel, contact, why, run === null ? null : `run ${run}`];
  const said = parts.filter((part) => part !== null && part !== '').join('  ·  ');
  return `${spokenDay(parseDay(day) ?? 0).padEnd(12)} ${said}`;
}
