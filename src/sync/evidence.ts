import type { Day } from '../domain/day.js';
import { CHANNELS, ONE_TOUCH, type Touches } from '../domain/engagement/channel.js';
import type { StepWish } from '../domain/engagement/wish.js';
import { localClock } from '../domain/local-clock.js';
import type { Act } from '../domain/settle/act.js';
import type { Evidence } from '../domain/settle/evidence.js';
import type { StoredRow } from '../ports/state-store.js';
import { consentOf, type Reading } from './consent-reading.js';
import type { Run } from './context.js';
import { holdOn } from './controls.js';
import { ledgerKey } from './engagement-candidate.js';
import { type Mind, senderName } from './mind.js';
import type { Owner, Owners } from './owners.js';
import type { PageFacts } from './page-facts.js';

/** Everything that decides one wish; `owner` = who would send or do it. */
export async function evidenceFor(
  run: Run,
  wish: StepWish,
  { mind, page }: { readonly mind: Mind; readonly page: PageFacts },
): Promise<{ readonly evidence: Evidence; readonly owner: Owner | null } | null> {
  const work = CHANNELS[wish.step.channel].reaches === 'owner';
  const playbook = mind.playbooks.get(wish.playbook) ?? (work ? NO_PLAYBOOK : undefined);
  const account = page.accounts.get(wish.account);
  if (playbook === undefined || account === undefined) return null;
  const owner = ownerFor(wish, account, mind.owners);
  const person = wish.person?.key ?? '';
  const contact = page.contacts.get(wish.person?.contactId ?? '');
  const country = String(contact?.values.country ?? account.values.country ?? '').toLowerCase();
  const policy = run.settings.engagement;
  const acts = actsOn(run, wish, { mind, page });
  const hold = holdOn(mind.controls, policy, { playbook: wish.playbook, channel: wish.step.channel });
  return {
    owner,
    evidence: {
      today: run.today,
      policy,
      playbook,
      priorities: mind.priorities,
      groups: mind.groups,
      persons: personsOf(wish, page),
      ...acts,
      consent: (page.consent.get(person) ?? []).map(consentOf),
      elsewhere: elsewhereOf(wish, page),
      otherMailOn: otherMailOn(run, page.consent.get(person) ?? [], acts.toPerson),
      basis: !policy.basisRequiredIn.includes(country) || (contact?.values.legalBasis ?? null) !== null,
      touches: await touchesOf(run, wish, mind),
      paused: hold,
      listed: isListed(policy.testOnly, contact),
      clock: localClock(run.clock.now(), zoneOf(run, contact)),
      sender: await senderOf(run, wish, { owner, mind }),
    },
  };
}

/** Work that is owed whatever the playbooks are: an answer, something to be ended by hand. */
const NO_PLAYBOOK: Evidence['playbook'] = {
  trigger: {
    per: 'account',
    when: { source: '', facts: [], evaluate: () => null },
    edge: null,
    countdown: null,
    every: null,
    onFirstSight: 'arm',
    fireWithin: 0,
    reenter: 'always',
  },
  audience: { when: null, roles: [], maxPersons: 0 },
  ignore: [],
  rest: null,
};

function ownerFor({ step }: StepWish, account: StoredRow, owners: Owners): Owner | null {
  return step.task === null
    ? owners.find(step.sender, account, 'message')
    : owners.find(step.task.owner, account, 'work');
}

/** From the ledger and from this run, each key once, the run's own word last. */
function actsOn(
  run: Run,
  wish: StepWish,
  { mind, page }: { readonly mind: Mind; readonly page: PageFacts },
): Pick<Evidence, 'inEpisode' | 'toPerson' | 'toAccount'> {
  const persons = personsOf(wish, page);
  const accounts = new Set([wish.account, ...(page.losers.get(wish.account) ?? [])]);
  const mine = (act: Act): boolean =>
    persons.has(act.person) || (act.contact !== null && act.contact === wish.person?.contactId);
  // A key that was left open is decided anew: it must not stand in its own way.
  const own = ledgerKey(wish);
  const others = (acts: readonly Act[]): readonly Act[] =>
    latest(acts)
      .filter(({ key }) => key !== own)
      .map((act) => {
        const leftBy = mind.left.get(act.key);
        return leftBy === undefined ? act : { ...act, leftOn: run.today, leftBy };
      });
  const ofRun = [...persons].flatMap((person) => mind.acts.person.get(person) ?? []);
  const ofRunHere = [...accounts].flatMap((account) => mind.acts.account.get(account) ?? []);
  return {
    inEpisode: latest([
      ...(page.inEpisode.get(wish.episode) ?? []),
      ...(mind.acts.episode.get(wish.episode) ?? []),
    ]),
    toPerson: wish.person === null ? [] : others([...page.sent.filter(mine), ...ofRun]),
    toAccount: others([...page.sent.filter((act) => accounts.has(act.account)), ...ofRunHere]),
  };
}

function personsOf(wish: StepWish, { aliases }: PageFacts): ReadonlySet<string> {
  const key = wish.person?.key ?? '';
  return new Set([key, ...(aliases.get(key)?.persons ?? [])]);
}

function latest(acts: readonly Act[]): readonly Act[] {
  return [...new Map(acts.map((act) => [act.key, act])).values()];
}

function elsewhereOf(wish: StepWish, page: PageFacts): Evidence['elsewhere'] {
  const key = wish.person?.key ?? '';
  const contacts = [...personsOf(wish, page)].flatMap((person) => page.known.get(person) ?? []);
  const alias = page.aliases.get(key);
  return {
    optedOut: contacts.some(({ optedOut }) => optedOut) || alias?.optedOut === true,
    bounced: (page.known.get(key) ?? []).some(({ bounced }) => bounced),
    forgotten: [...personsOf(wish, page)].some((person) => page.forgotten.has(person)),
  };
}

/** A mail that the tool sent and that none of our own enrolments explains is marketing's own. */
function otherMailOn(run: Run, readings: readonly Reading[], acts: readonly Act[]): Day | null {
  const days = readings.flatMap(({ reading }) =>
    reading?.lastMailedAt ? [run.dayOf(reading.lastMailedAt)] : [],
  );
  const last = Math.max(-Infinity, ...days);
  if (!Number.isFinite(last)) return null;
  const ours = acts.some((act) => act.channel === 'hubspot-list' && explains(act, last));
  return ours ? null : last;
}

/** A workflow may take until the next day. */
function explains(act: Act, day: Day): boolean {
  return act.touchDays.some((touch) => day === touch || day === touch + 1);
}

async function touchesOf(run: Run, { step }: StepWish, mind: Mind): Promise<Touches> {
  if (step.touches !== null) return step.touches;
  const name = `${step.channel}|${step.target}`;
  const known = mind.touches.get(name);
  if (known !== undefined) return known;
  const told = CHANNELS[step.channel].exclusive
    ? await run.channels.get(step.channel)?.touches(step.target)
    : null;
  const touches = CHANNELS[step.channel].reaches === 'owner' ? { count: 0, days: 1 } : (told ?? ONE_TOUCH);
  mind.touches.set(name, touches);
  return touches;
}

function isListed(only: readonly string[] | null, contact: StoredRow | undefined): boolean {
  if (only === null) return true;
  return only.includes(
    String(contact?.values.email ?? '')
      .trim()
      .toLowerCase(),
  );
}

function zoneOf(run: Run, contact: StoredRow | undefined): string {
  const zone = contact?.values.timeZone;
  return typeof zone === 'string' && zone !== '' ? zone : run.org.timeZone;
}

async function senderOf(
  run: Run,
  { step }: StepWish,
  { owner, mind }: { readonly owner: Owner | null; readonly mind: Mind },
): Promise<Evidence['sender']> {
  if (step.task !== null) return { address: owner?.user.id ?? null, used: 0, room: owner?.room ?? null };
  const address = owner?.user.email || null;
  if (address === null) return { address, used: 0, room: null };
  const name = senderName(step.channel, address);
  if (!mind.room.has(name))
    mind.room.set(name, (await run.channels.get(step.channel)?.room(address)) ?? null);
  const used = [...mind.bySender].reduce(
    (sum, [by, count]) => (by.endsWith(`|${address}`) ? sum + count : sum),
    0,
  );
  const room = mind.room.get(name) ?? null;
  return { address, used, room: room === null ? null : room - (mind.spent.get(name) ?? 0) };
}
