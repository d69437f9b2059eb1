import { refuseByConsent } from '../domain/engagement/eligibility.js';
import type {
  EnrolmentOutcome,
  EnrolmentRequest,
  MarketingChannel,
  MarketingTool,
  UpsertOutcome,
} from '../ports/marketing.js';
import type { ItemStatus, LedgerEntry, PlanItem } from '../ports/state-store.js';
import { carriedProperties } from './carried.js';
import type { Run } from './context.js';
import { ledgerKey } from './enrolment-candidate.js';
import { addressesOf, consentOf, type EnrolmentItem } from './settle-enrolments.js';

/** Persons handled at once: the batch size of the tool's reads and upserts. */
const BATCH = 100;

/** Writes refusals into the ledger, then enrols: intended before the call, closed after it. */
export async function applyEnrolments(run: Run): Promise<void> {
  const { marketing } = run;
  if (marketing === null) return;
  run.progress.stage('Enrolling', null);
  for await (const page of run.state.plan.items(run.id, { kind: 'refusal', status: 'planned' }, BATCH)) {
    await keepRefusals(run, page);
  }
  let enrolled = 0;
  for await (const page of run.state.plan.items(run.id, { kind: 'enrolment', status: 'planned' }, BATCH)) {
    run.signal.throwIfAborted();
    for (const group of byTarget(page)) enrolled += await enrolGroup(run, marketing, group);
    run.progress.advance(page.length);
  }
  run.progress.done(`${enrolled} enrolled`);
}

/** Refused is final; deferred is decided again by the next run. */
async function keepRefusals(run: Run, page: readonly PlanItem[]): Promise<void> {
  const final = page.filter((item) => !detailOf(item).deferred);
  await decideAgain(
    run,
    page.filter((item) => detailOf(item).deferred),
  );
  await run.state.ledger.write(final.map((item) => entryOf(run, item, { status: 'refused' })));
  await run.state.plan.setStatus(
    run.id,
    page.map(({ seq }) => ({ seq, status: 'done' as const })),
  );
}

/** What stays open is looked at again by the next run, whether or not anything else changes. */
async function decideAgain(run: Run, items: readonly PlanItem[]): Promise<void> {
  if (items.length > 0) await run.state.assessments.markChanged(items.map(({ account }) => account));
}

function detailOf(item: PlanItem): EnrolmentItem {
  return item.detail as EnrolmentItem;
}

function byTarget(page: readonly PlanItem[]): readonly (readonly PlanItem[])[] {
  const groups = new Map<string, PlanItem[]>();
  for (const item of page) {
    const { step } = detailOf(item);
    const key = `${step.channel}|${step.target}|${step.sender}`;
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups.values()];
}

export function channelOf(marketing: MarketingTool, channel: string): MarketingChannel {
  return channel === 'hubspot-sequence' ? marketing.sequence : marketing.list;
}

/** Re-reads consent, writes the intention down, makes the contacts known, enrols, and closes each key. */
async function enrolGroup(run: Run, marketing: MarketingTool, group: readonly PlanItem[]): Promise<number> {
  const first = group[0];
  if (first === undefined) return 0;
  const { step } = detailOf(first);
  const channel = channelOf(marketing, step.channel);
  const allowed = await stillAllowed(run, marketing, group);
  if (allowed.length === 0) return 0;
  await run.state.ledger.write(allowed.map(({ item }) => entryOf(run, item, { status: 'intended' })));
  await channel.prepare(step.target);
  const known = await makeKnown(run, marketing, allowed);
  if (known.length === 0) return 0;
  await run.state.ledger.write(
    known.map(({ item, request }) => entryOf(run, item, { status: 'intended', recordId: request.recordId })),
  );
  const outcomes = await channel.enrol(
    step.target,
    known.map(({ request }) => request),
  );
  await close(run, known, outcomes);
  return outcomes.filter(({ outcome }) => outcome === 'enrolled').length;
}

interface Allowed {
  readonly item: PlanItem;
  readonly email: string;
  readonly recordId: string | null;
}

async function stillAllowed(
  run: Run,
  marketing: MarketingTool,
  group: readonly PlanItem[],
): Promise<readonly Allowed[]> {
  const persons = await addressesOf(run, group.map(detailOf));
  const readings = new Map((await marketing.consent(persons)).map((reading) => [reading.person, reading]));
  const emails = new Map(persons.map(({ person, email }) => [person, email]));
  const allowed: Allowed[] = [];
  const refused: PlanItem[] = [];
  for (const item of group) {
    const detail = detailOf(item);
    const key = detail.person?.key ?? '';
    const reading = readings.get(key);
    const reason = refuseByConsent(consentOf(reading), detail.step.channel === 'hubspot-sequence');
    const email = emails.get(key);
    if (reason === null && email !== undefined)
      allowed.push({ item, email, recordId: reading?.recordId ?? null });
    else
      refused.push({
        ...item,
        detail: { ...detail, refused: reason, deferred: reason?.code === 'consent_unknown' },
      });
  }
  if (refused.length > 0) await keepRefusals(run, refused);
  return allowed;
}

interface Known {
  readonly item: PlanItem;
  readonly request: EnrolmentRequest;
}

async function makeKnown(
  run: Run,
  marketing: MarketingTool,
  allowed: readonly Allowed[],
): Promise<readonly Known[]> {
  const carried = await carriedProperties(
    run,
    allowed.map(({ item }) => detailOf(item)),
  );
  const outcomes = await marketing.upsert(
    allowed.map(({ item, email, recordId }) => {
      const person = detailOf(item).person ?? { key: '', contactId: '' };
      const properties = carried.get(person.contactId)?.properties ?? {};
      return { person: person.key, contactId: person.contactId, email, recordId, properties };
    }),
  );
  const byPerson = new Map(outcomes.map((outcome) => [outcome.person, outcome]));
  const known: Known[] = [];
  for (const { item } of allowed) {
    const person = detailOf(item).person ?? { key: '', contactId: '' };
    const outcome = byPerson.get(person.key);
    if (outcome?.ok) {
      const senderEmail = carried.get(person.contactId)?.senders[detailOf(item).step.sender] ?? '';
      known.push({ item, request: { person: person.key, recordId: outcome.recordId, senderEmail } });
    } else await refuseByVendor(run, item, outcome);
  }
  return known;
}

async function refuseByVendor(run: Run, item: PlanItem, outcome: UpsertOutcome | undefined): Promise<void> {
  const evidence =
    outcome === undefined || outcome.ok ? 'no answer' : `${outcome.refusal.code}: ${outcome.refusal.message}`;
  const again = outcome === undefined || (!outcome.ok && outcome.refusal.retryable);
  const entry = entryOf(run, item, { status: again ? 'intended' : 'refused' });
  if (again) await decideAgain(run, [item]);
  await run.state.ledger.write([again ? entry : { ...entry, code: 'vendor_refused', evidence }]);
  await run.state.plan.setStatus(run.id, [{ seq: item.seq, status: again ? 'unclear' : 'rejected' }]);
}

async function close(
  run: Run,
  known: readonly Known[],
  outcomes: readonly EnrolmentOutcome[],
): Promise<void> {
  const byPerson = new Map(outcomes.map((outcome) => [outcome.person, outcome]));
  const entries: LedgerEntry[] = [];
  const statuses: { seq: number; status: ItemStatus }[] = [];
  for (const { item, request } of known) {
    const outcome = byPerson.get(request.person) ?? { person: request.person, outcome: 'unclear' as const };
    const base = entryOf(run, item, { status: 'intended', recordId: request.recordId });
    if (outcome.outcome === 'refused') {
      const evidence = `${outcome.refusal.code}: ${outcome.refusal.message}`;
      entries.push({
        ...base,
        status: outcome.refusal.retryable ? 'unclear' : 'refused',
        code: 'vendor_refused',
        evidence,
      });
    } else entries.push({ ...base, status: outcome.outcome });
    statuses.push({ seq: item.seq, status: statusOf(outcome) });
  }
  await run.state.ledger.write(entries);
  const unclear = new Set(statuses.filter(({ status }) => status === 'unclear').map(({ seq }) => seq));
  await decideAgain(
    run,
    known.filter(({ item }) => unclear.has(item.seq)).map(({ item }) => item),
  );
  await run.state.plan.setStatus(run.id, statuses);
}

function statusOf(outcome: EnrolmentOutcome): ItemStatus {
  if (outcome.outcome === 'unclear') return 'unclear';
  if (outcome.outcome !== 'refused') return 'done';
  return outcome.refusal.retryable ? 'unclear' : 'rejected';
}

/** The ledger's line for a plan item. */
function entryOf(
  run: Run,
  item: PlanItem,
  now: { readonly status: LedgerEntry['status']; readonly recordId?: string },
): LedgerEntry {
  const detail = detailOf(item);
  return {
    key: ledgerKey(detail),
    episode: detail.episode,
    step: detail.step.id,
    person: detail.person?.key ?? '-',
    account: detail.account,
    playbook: detail.playbook,
    channel: detail.step.channel,
    target: detail.step.target,
    status: now.status,
    code: detail.refused?.code ?? null,
    evidence: detail.refused?.evidence ?? null,
    recordId: now.recordId ?? null,
    day: run.today,
    run: run.id,
  };
}
