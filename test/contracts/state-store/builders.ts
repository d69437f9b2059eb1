import type {
  Candidate,
  DeadLetter,
  HistoryEntry,
  KnownContact,
  LedgerEntry,
  PlanItem,
  RunRecord,
  StateStore,
  StoredAssessment,
  StoredEpisode,
  StoredRow,
} from '../../../src/ports/state-store.js';

/** Opens an empty store; the suite closes it. */
export type OpenStore = () => Promise<StateStore>;

export const TODAY = 20_000;

export function anAccount(id: string, values: StoredRow['values'] = {}): StoredRow {
  return { id, accountId: id, stamp: 1, values: { name: `Account ${id}`, ...values }, held: {} };
}

export function aRow(id: string, accountId: string | null, values: StoredRow['values'] = {}): StoredRow {
  return { id, accountId, stamp: 1, values, held: null };
}

export function anAssessment(account: string, fields: Partial<StoredAssessment> = {}): StoredAssessment {
  return {
    account,
    day: TODAY,
    state: { band: 'watch' },
    base: null,
    dueOn: null,
    result: { score: 61 },
    measure: null,
    standing: null,
    ...fields,
  };
}

export function anEntry(account: string, fields: Partial<HistoryEntry> = {}): HistoryEntry {
  return { account, day: TODAY, fingerprint: 'f1', entry: { score: 61 }, ...fields };
}

export function aCandidate(account: string, fields: Partial<Candidate> = {}): Candidate {
  return { account, kind: 'enrolment', key: 'start', order: '5', detail: { step: 1 }, ...fields };
}

export function anItem(seq: number, fields: Partial<PlanItem> = {}): PlanItem {
  return { seq, kind: 'field', account: 'A1', key: 'Score__c', detail: { to: 61 }, ...fields };
}

export function aLedgerEntry(key: string, fields: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    key,
    episode: 'e1',
    step: 'mail',
    person: 'p1',
    contact: 'C1',
    account: 'A1',
    playbook: 'start',
    channel: 'hubspot-list',
    target: '17',
    status: 'intended',
    code: null,
    evidence: null,
    recordId: null,
    made: null,
    sender: 'csm@example.com',
    touchDays: [TODAY],
    day: TODAY,
    at: TODAY * 86_400_000 + 5,
    busyUntil: TODAY,
    tryOn: null,
    leftOn: null,
    leftBy: null,
    run: 'r1',
    ...fields,
  };
}

export function anEpisode(id: string, fields: Partial<StoredEpisode> = {}): StoredEpisode {
  return {
    id,
    account: 'A1',
    playbook: 'start',
    version: 'v1',
    subject: 'account',
    edge: TODAY,
    seenOn: TODAY,
    mark: null,
    heldOut: false,
    refused: null,
    side: null,
    let: {},
    cleared: {},
    goalOn: null,
    goalUntil: null,
    ended: null,
    out: {},
    tier: 'tech',
    phase: null,
    ...fields,
  };
}

export function aContact(contact: string, fields: Partial<KnownContact> = {}): KnownContact {
  return { contact, account: 'A1', person: 'p1', optedOut: false, bounced: false, ...fields };
}

export function aLetter(record: string, fields: Partial<DeadLetter> = {}): Omit<DeadLetter, 'attempts'> {
  return {
    id: `letter-${record}`,
    run: 'r1',
    object: 'Account',
    record,
    account: record,
    content: 'c1',
    refusal: { code: 'LOCKED', message: 'locked', fields: [], retryable: true, advice: 'Retry.' },
    day: TODAY,
    ...fields,
  };
}

export function aRun(id: string, fields: Partial<RunRecord> = {}): RunRecord {
  return {
    id,
    org: 'org',
    startedAt: 1_000,
    finishedAt: null,
    day: TODAY,
    apply: true,
    stage: 'pull',
    status: 'running',
    trigger: 'cli',
    trace: 't1',
    fixed: { apply: true },
    report: { read: 3 },
    ...fields,
  };
}

export async function everything<T>(pages: AsyncIterable<readonly T[]>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

/** Accounts that would be assessed on `day`. */
export async function toAssess(store: StateStore, day = TODAY): Promise<readonly string[]> {
  const pages = store.assessments.bundles({ which: 'changed', day, after: null }, 2);
  return (await everything(pages)).map((bundle) => bundle.account.id);
}

/** Assesses accounts, so that they are no longer marked. */
export async function assess(
  store: StateStore,
  assessments: readonly StoredAssessment[],
  fields: Partial<Parameters<StateStore['assessments']['save']>[0]> = {},
): Promise<void> {
  const nothing = { history: [], candidates: [], episodes: [] };
  await store.assessments.save({ assessments, ...nothing, run: 'r1', day: TODAY, ...fields });
}
