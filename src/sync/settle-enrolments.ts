import { refuseByLedger } from '../domain/engagement/earlier.js';
import { type MarketingConsent, refuseByConsent } from '../domain/engagement/eligibility.js';
import { normaliseEmail } from '../domain/engagement/person.js';
import type { ConsentReading, MarketingTool, PersonToMatch } from '../ports/marketing.js';
import type { Candidate, LedgerEntry, PlanItem } from '../ports/state-store.js';
import { PAGE, type Run } from './context.js';
import { type EnrolmentDetail, ledgerKey } from './enrolment-candidate.js';
import type { Numbering } from './numbering.js';

/** What the plan says of one person at one step. */
export interface EnrolmentItem extends EnrolmentDetail {
  readonly deferred: boolean;
}

/** Turns enrolment wishes into decisions: once per key for ever, once per person in a run, consent read from both systems. */
export async function settleEnrolments(run: Run, numbering: Numbering): Promise<void> {
  if (run.marketing === null) return;
  const taken = new Map<string, string>();
  const chosen = new Map<string, Set<string>>();
  for await (const page of run.state.plan.candidates(run.id, 'enrolment', PAGE)) {
    const open = await notYetDecided(run, page);
    const judged = withLedger(run, open, { sent: await sentBefore(run, open), chosen });
    const consent = await readConsent(run, run.marketing, judged);
    const heard = judged.map((detail) => withConsent(detail, consent));
    const items = withDuplicates(heard, taken).map((detail) => planItem(detail, numbering));
    if (items.length > 0) await run.state.plan.add(run.id, items);
  }
}

/** What the playbooks of these wishes did before for their persons and accounts, by playbook. */
async function sentBefore(
  run: Run,
  details: readonly EnrolmentDetail[],
): Promise<ReadonlyMap<string, readonly LedgerEntry[]>> {
  const found = new Map<string, readonly LedgerEntry[]>();
  for (const [playbook, wishes] of Map.groupBy(details, (detail) => detail.playbook)) {
    const persons = wishes.flatMap(({ person }) => (person === null ? [] : [person.key]));
    const accounts = [...new Set(wishes.map(({ account }) => account))];
    found.set(playbook, await run.state.ledger.sent(playbook, { persons, accounts }));
  }
  return found;
}

interface Before {
  readonly sent: ReadonlyMap<string, readonly LedgerEntry[]>;
  /** Persons taken in this run, by `episode/step`. */
  readonly chosen: Map<string, Set<string>>;
}

/** Triggers can forget or be read anew; the ledger does not. */
function withLedger(
  run: Run,
  details: readonly EnrolmentDetail[],
  { sent, chosen }: Before,
): readonly EnrolmentDetail[] {
  return details.map((detail) => {
    const playbook = run.settings.playbooks.find(({ id }) => id === detail.playbook);
    if (detail.person === null || detail.refused !== null || playbook === undefined) return detail;
    const place = `${detail.episode}/${detail.step.id}`;
    const persons = chosen.get(place) ?? new Set();
    chosen.set(place, persons);
    const wanted = { ...detail, step: detail.step.id, person: detail.person.key };
    const asked = { sent: sent.get(playbook.id) ?? [], chosen: persons, today: run.today };
    const refused = refuseByLedger(playbook, wanted, asked);
    if (refused === null) persons.add(wanted.person);
    return { ...detail, refused };
  });
}

async function notYetDecided(run: Run, page: readonly Candidate[]): Promise<readonly EnrolmentDetail[]> {
  const details = page.map(({ detail }) => detail as EnrolmentDetail);
  const ledger = await run.state.ledger.get(details.map(ledgerKey));
  return details.filter((detail) => !isDecided(ledger.get(ledgerKey(detail))));
}

/** Intended or unclear entries are open: they are read back before anything is repeated. */
function isDecided(entry: LedgerEntry | undefined): boolean {
  return entry !== undefined && entry.status !== 'intended' && entry.status !== 'unclear';
}

/**
 * The first wish for a person in this run wins; its order is priority, then the day on which the step
 * was due, then ids. A later step of the same episode waits for the next run; another playbook's is refused.
 */
function withDuplicates(
  details: readonly EnrolmentItem[],
  taken: Map<string, string>,
): readonly EnrolmentItem[] {
  return details.map((detail) => {
    if (detail.person === null || detail.refused !== null) return detail;
    const winner = taken.get(detail.person.key);
    if (winner === undefined) {
      taken.set(detail.person.key, detail.episode);
      return detail;
    }
    const deferred = winner === detail.episode;
    const evidence = deferred
      ? 'an earlier step of the same episode goes first'
      : 'the same address is enrolled by another wish of this run';
    return { ...detail, refused: { code: 'duplicate_person', evidence }, deferred };
  });
}

/** One reading per person who is not refused yet. */
async function readConsent(
  run: Run,
  marketing: MarketingTool,
  details: readonly EnrolmentDetail[],
): Promise<ReadonlyMap<string, ConsentReading>> {
  const asked = details.filter(({ refused }) => refused === null);
  const persons = await addressesOf(run, asked);
  if (persons.length === 0) return new Map();
  const readings = await marketing.consent(persons);
  return new Map(readings.map((reading) => [reading.person, reading]));
}

/** Addresses stay in the rows; they are fetched for the moment of the call. */
export async function addressesOf(
  run: Run,
  details: readonly Pick<EnrolmentDetail, 'account' | 'person'>[],
): Promise<readonly PersonToMatch[]> {
  const persons: PersonToMatch[] = [];
  for (const [account, wanted] of byAccount(details)) {
    const contacts = (await run.state.assessments.bundle(account))?.rows.contact ?? [];
    for (const { key, contactId } of wanted) {
      const email = normaliseEmail(contacts.find(({ id }) => id === contactId)?.values.email);
      if (email !== null) persons.push({ person: key, contactId, email });
    }
  }
  return persons;
}

function byAccount(details: readonly Pick<EnrolmentDetail, 'account' | 'person'>[]) {
  const grouped = new Map<string, { readonly key: string; readonly contactId: string }[]>();
  for (const { account, person } of details) {
    if (person === null) continue;
    grouped.set(account, [...(grouped.get(account) ?? []), person]);
  }
  return grouped;
}

function withConsent(detail: EnrolmentDetail, readings: ReadonlyMap<string, ConsentReading>): EnrolmentItem {
  if (detail.refused !== null || detail.person === null) return { ...detail, deferred: false };
  const reading = readings.get(detail.person.key);
  const refused = refuseByConsent(consentOf(reading), detail.step.channel === 'hubspot-sequence');
  return { ...detail, refused, deferred: refused?.code === 'consent_unknown' };
}

/** Nobody answered = nothing is known, which is not the same as a person whom the tool does not know. */
export function consentOf(reading: ConsentReading | undefined): MarketingConsent {
  if (reading === undefined)
    return { known: true, optedOut: null, bounced: null, inSequence: null, ambiguous: false };
  const { recordId, optedOut, bounced, inSequence, ambiguous } = reading;
  // Nobody is taken for unknown to the tool because the tool could not be read.
  const unread = optedOut === null || bounced === null;
  return { known: recordId !== null || unread, optedOut, bounced, inSequence, ambiguous };
}

function planItem(detail: EnrolmentItem, numbering: Numbering): PlanItem {
  const kind = detail.refused === null ? 'enrolment' : 'refusal';
  return { seq: numbering.next(), kind, account: detail.account, key: ledgerKey(detail), detail };
}
