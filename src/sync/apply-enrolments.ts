import { NOT_TOLD, type RefusalReason, refuseByConsent } from '../domain/engagement/eligibility.js';
import { IntegrationError } from '../ports/errors.js';
import type { EnrolmentRequest, MarketingChannel, MarketingTool, UpsertOutcome } from '../ports/marketing.js';
import type { PlanItem } from '../ports/state-store.js';
import { carriedProperties } from './carried.js';
import type { Run } from './context.js';
import {
  closeSent,
  decideAgain,
  detailOf,
  entryOf,
  keepRefusals,
  reasonOf,
  refuseLate,
} from './enrolment-outcomes.js';
import { addressesOf, consentOf } from './settle-enrolments.js';

/** Persons handled at once: the batch size of the tool's reads and upserts. */
export const ENROLMENT_BATCH = 100;

/** Writes refusals into the ledger, then enrols: intended before the call, closed after it. */
export async function applyEnrolments(run: Run): Promise<void> {
  const { marketing } = run;
  if (marketing === null) return;
  run.progress.stage('Enrolling', null);
  let unread = false;
  for await (const page of run.state.plan.items(
    run.id,
    { kind: 'refusal', status: 'planned' },
    ENROLMENT_BATCH,
  )) {
    unread ||= page.some((item) => detailOf(item).refused?.evidence === NOT_TOLD);
    await keepRefusals(run, page);
  }
  // Whoever could not be read is put off; a tool that cannot be reached at all is said aloud.
  if (unread) await marketing.identity();
  let enrolled = 0;
  for await (const page of run.state.plan.items(
    run.id,
    { kind: 'enrolment', status: 'planned' },
    ENROLMENT_BATCH,
  )) {
    for (const group of byTarget(page)) {
      run.signal.throwIfAborted();
      enrolled += await enrolGroup(run, marketing, group);
    }
    run.progress.advance(page.length);
  }
  run.progress.done(`${enrolled} enrolled`);
}

function byTarget(page: readonly PlanItem[]): readonly (readonly PlanItem[])[] {
  const keyOf = (item: PlanItem): string => {
    const { step } = detailOf(item);
    return `${step.channel}|${step.target}|${step.sender}`;
  };
  return [...Map.groupBy(page, keyOf).values()];
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
  if (!(await isPrepared(run, channel, { target: step.target, allowed }))) return 0;
  await run.state.ledger.write(allowed.map(({ item }) => entryOf(run, item, { status: 'intended' })));
  const known = await makeKnown(run, marketing, allowed);
  if (known.length === 0) return 0;
  await run.state.ledger.write(
    known.map(({ item, request }) => entryOf(run, item, { status: 'intended', recordId: request.recordId })),
  );
  return send(run, { channel, target: step.target }, known);
}

/** A target that is not there puts off its own persons only; the next run looks again. */
async function isPrepared(
  run: Run,
  channel: MarketingChannel,
  { target, allowed }: { readonly target: string; readonly allowed: readonly Allowed[] },
): Promise<boolean> {
  try {
    await channel.prepare(target);
    return true;
  } catch (error) {
    if (!(error instanceof IntegrationError) || error.kind !== 'Config') throw error;
    const refused: RefusalReason = { code: 'vendor_refused', evidence: `${error.code}: ${error.message}` };
    run.log.warn('Enrolments put off: their target is missing', { run: run.id, target, code: error.code });
    await refuseLate(
      run,
      allowed.map(({ item }) => ({ item, refused, deferred: true })),
    );
    return false;
  }
}

async function send(
  run: Run,
  to: { readonly channel: MarketingChannel; readonly target: string },
  known: readonly Known[],
): Promise<number> {
  const requests = known.map(({ request }) => request);
  const outcomes = new Map(
    (await to.channel.enrol(to.target, requests)).map((outcome) => [outcome.person, outcome]),
  );
  const sent = known.map(({ item, request: { person, recordId } }) => ({
    item,
    recordId,
    outcome: outcomes.get(person) ?? { person, outcome: 'unclear' as const },
  }));
  await closeSent(run, sent);
  return sent.filter(({ outcome }) => outcome.outcome === 'enrolled').length;
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
  const judged = group.map((item) => {
    const detail = detailOf(item);
    const key = detail.person?.key ?? '';
    const reading = readings.get(key);
    const email = emails.get(key);
    const refused: RefusalReason | null =
      email === undefined
        ? { code: 'invalid_email', evidence: 'the address is gone since the plan was made' }
        : refuseByConsent(consentOf(reading), detail.step.channel === 'hubspot-sequence');
    return { item, email: email ?? '', recordId: reading?.recordId ?? null, refused };
  });
  await refuseLate(
    run,
    judged.flatMap(({ item, refused }) =>
      refused === null ? [] : [{ item, refused, deferred: refused.code === 'consent_unknown' }],
    ),
  );
  return judged.filter(({ refused }) => refused === null);
}

interface Known {
  readonly item: PlanItem;
  readonly request: EnrolmentRequest;
}

/** Contacts that the tool did not know are created now, and only now; the stamp ties them to Salesforce. */
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
      const { key, contactId } = personOf(item);
      return {
        person: key,
        contactId,
        email,
        recordId,
        properties: carried.get(contactId)?.properties ?? {},
      };
    }),
  );
  const byPerson = new Map(outcomes.map((outcome) => [outcome.person, outcome]));
  const known: Known[] = [];
  for (const { item } of allowed) {
    const { key, contactId } = personOf(item);
    const outcome = byPerson.get(key);
    if (outcome?.ok) {
      const senderEmail = carried.get(contactId)?.senders[detailOf(item).step.sender] ?? '';
      known.push({ item, request: { person: key, recordId: outcome.recordId, senderEmail } });
    } else await notKnown(run, item, outcome);
  }
  return known;
}

function personOf(item: PlanItem): { readonly key: string; readonly contactId: string } {
  return detailOf(item).person ?? { key: '', contactId: '' };
}

async function notKnown(run: Run, item: PlanItem, outcome: UpsertOutcome | undefined): Promise<void> {
  if (outcome !== undefined && !outcome.ok && !outcome.refusal.retryable) {
    await refuseLate(run, [{ item, refused: reasonOf(outcome.refusal), deferred: false }]);
    return;
  }
  // Nothing was sent: the key stays open and the next run reads it back and tries again.
  await run.state.plan.setStatus(run.id, [{ seq: item.seq, status: 'unclear' }]);
  await decideAgain(run, [item]);
}
