import {
  type MarketingConsent,
  type RefusalReason,
  refuseByConsent,
} from '../domain/engagement/eligibility.js';
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
  const taken = new Set<string>();
  for await (const page of run.state.plan.candidates(run.id, 'enrolment', PAGE)) {
    const open = await notYetDecided(run, page);
    const judged = withDuplicates(open, taken);
    const consent = await readConsent(run, run.marketing, judged);
    const items = judged.map((detail) => planItem(withConsent(detail, consent), numbering));
    if (items.length > 0) await run.state.plan.add(run.id, items);
  }
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

/** The first wish for a person in this run wins; its order is priority, then age of the edge, then ids. */
function withDuplicates(details: readonly EnrolmentDetail[], taken: Set<string>): readonly EnrolmentDetail[] {
  return details.map((detail) => {
    if (detail.person === null || detail.refused !== null) return detail;
    if (!taken.has(detail.person.key)) {
      taken.add(detail.person.key);
      return detail;
    }
    const refused: RefusalReason = {
      code: 'duplicate_person',
      evidence: 'the same address is enrolled by another wish of this run',
    };
    return { ...detail, refused };
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
