import { formatDay } from '../domain/day.js';
import { normaliseEmail } from '../domain/engagement/person.js';
import type { PlaybookStep } from '../domain/engagement/playbook.js';
import type { RecordValue } from '../domain/facts/record.js';
import type { CarryMapping } from '../ports/mapping.js';
import type { AccountBundle, StoredRow } from '../ports/state-store.js';
import type { StoredResult } from './assess.js';
import type { Run } from './context.js';
import type { EnrolmentDetail } from './enrolment-candidate.js';

/** What goes along with a person: properties of the contact, and who would write to them. */
export interface Carried {
  readonly properties: Readonly<Record<string, string>>;
  readonly senders: Readonly<Record<PlaybookStep['sender'], string>>;
}

/** By contact id. Facts are read for the moment of the call; nothing personal is kept in the plan. */
export async function carriedProperties(
  run: Run,
  details: readonly EnrolmentDetail[],
): Promise<ReadonlyMap<string, Carried>> {
  const carried = new Map<string, Carried>();
  for (const { account, person } of details) {
    if (person === null || carried.has(person.contactId)) continue;
    const bundle = await run.state.assessments.bundle(account);
    const contact = bundle?.rows.contact?.find(({ id }) => id === person.contactId);
    if (bundle && contact) carried.set(person.contactId, carriedOf(run, bundle, contact));
  }
  return carried;
}

function carriedOf(run: Run, bundle: AccountBundle, contact: StoredRow): Carried {
  const owner = normaliseEmail(bundle.account.values.ownerEmail) ?? '';
  const properties: Record<string, string> = {};
  for (const rule of run.settings.marketing?.contact ?? []) {
    const value = carriedValue(rule, bundle, contact);
    if (value !== null && value !== undefined) properties[rule.property] = String(value);
  }
  return {
    properties,
    senders: { 'account-owner': owner, csm: normaliseEmail(bundle.account.values.csmEmail) ?? owner },
  };
}

function carriedValue(
  { fact }: CarryMapping,
  bundle: AccountBundle,
  contact: StoredRow,
): RecordValue | undefined {
  const [group, name = ''] = fact.split('.');
  if (group === 'contact') return contact.values[name];
  if (group === 'account') return bundle.account.values[name];
  const result = bundle.assessed?.result as StoredResult | undefined;
  if (result === undefined) return undefined;
  const ours: Readonly<Record<string, RecordValue>> = {
    score: result.health.shownScore,
    band: result.health.band,
    trend: result.health.trend,
    tier: result.tier.tier,
    tierSince: formatDay(result.tier.since),
    phase: result.phase,
    stage: result.stage,
  };
  return ours[fact];
}
