import type { Day } from '../../domain/day.js';
import { formatDay } from '../../domain/day.js';
import type { RecordWish } from '../../ports/crm-records.js';
import type { AccountBundle, Candidate, StoredAssessment, StoredEpisode } from '../../ports/state-store.js';
import type { Run } from '../context.js';
import type { StoredResult } from '../stored-result.js';
import { advocateOf } from './advocates.js';
import { episodeWish, withdrawnIds, withdrawnWish } from './episodes.js';
import type { RecordToPublish } from './publish.js';

/** `detail` of a plan item of kind `record`. The snapshot itself is made when the plan is settled and carried out. */
export interface RecordsDetail {
  readonly records: readonly RecordToPublish[];
}

/** One account of a page, as it was assessed. */
export interface AssessedAccount {
  readonly bundle: AccountBundle;
  readonly stored: StoredAssessment;
  readonly episodes: readonly StoredEpisode[];
  /** Tier if a counted move is granted, or null. */
  readonly mayMoveTo: string | null;
  /** Somebody there may speak for us. */
  readonly isAdvocate: boolean;
}

/** Accounts of a page whose records in the CRM are due: their snapshot, an episode, an advocate. */
export async function recordCandidates(
  run: Run,
  page: readonly AssessedAccount[],
): Promise<readonly Candidate[]> {
  if (run.records.size === 0 || page.length === 0) return [];
  const wanted = page.map((one) => ({ one, records: recordsOf(run, one) }));
  const known = await knownOf(run, wanted);
  return wanted.flatMap(({ one, records }) => {
    const account = one.bundle.account.id;
    const differing = records.filter((record) => isDue(run, record, known));
    if (differing.length === 0 && !snapshotIsDue(run.today, one, known.snapshots.get(account))) return [];
    const detail: RecordsDetail = { records: differing };
    return [{ account, kind: 'record' as const, key: account, order: account, detail }];
  });
}

function recordsOf(run: Run, { bundle, episodes, isAdvocate }: AssessedAccount): readonly RecordToPublish[] {
  const account = bundle.account.id;
  const advocate = isAdvocate ? advocateOf(run, bundle) : null;
  return [
    ...episodes.flatMap((episode) => episodeWish(run, episode)),
    ...withdrawnIds(bundle.assessed, episodes, run.today).map((id) => withdrawnWish(run, id, account)),
    ...(advocate === null ? [] : [advocate]),
  ];
}

interface Known {
  readonly snapshots: ReadonlyMap<string, string>;
  readonly episodes: ReadonlyMap<string, string>;
  readonly advocates: ReadonlyMap<string, string>;
}

async function knownOf(
  run: Run,
  wanted: readonly { readonly one: AssessedAccount; readonly records: readonly RecordToPublish[] }[],
): Promise<Known> {
  const keysOf = (kind: RecordWish['kind']): readonly string[] =>
    wanted.flatMap(({ records }) =>
      records.filter(({ wish }) => wish.kind === kind).map(({ wish }) => wish.key),
    );
  const { published } = run.state;
  const accounts = wanted.map(({ one }) => one.bundle.account.id);
  return {
    snapshots: await published.of('snapshot', accounts),
    episodes: await published.of('episode', keysOf('episode')),
    advocates: await published.of('advocate', keysOf('advocate')),
  };
}

/** What was withdrawn matters only where it was told. */
function isDue(run: Run, { wish }: RecordToPublish, known: Known): boolean {
  const before = (wish.kind === 'episode' ? known.episodes : known.advocates).get(wish.key);
  if (before === undefined) return wish.kind !== 'episode' || wish.values.status !== 'withdrawn';
  return before !== run.digest.content(JSON.stringify(Object.entries(wish.values).sort()));
}

/** What the last snapshot of an account showed, on which day, and what stood before that day. */
export interface LastSnapshot {
  readonly day: string;
  readonly band: string;
  readonly tier: string;
  readonly bandBefore: string | null;
  readonly tierBefore: string | null;
}

export function readSnapshot(text: string | undefined): LastSnapshot | null {
  if (text === undefined) return null;
  const [day = '', band = '', tier = '', bandBefore = '', tierBefore = ''] = text.split('|');
  return { day, band, tier, bandBefore: bandBefore || null, tierBefore: tierBefore || null };
}

export function snapshotText({ day, band, tier, bandBefore, tierBefore }: LastSnapshot): string {
  return [day, band, tier, bandBefore ?? '', tierBefore ?? ''].join('|');
}

function monthOf(day: Day): string {
  return formatDay(day).slice(0, 7);
}

function snapshotIsDue(
  today: Day,
  { stored, mayMoveTo }: AssessedAccount,
  text: string | undefined,
): boolean {
  const last = readSnapshot(text);
  const { health, tier } = stored.result as StoredResult;
  if (last === null || mayMoveTo !== null) return true;
  return last.day.slice(0, 7) !== monthOf(today) || last.band !== health.band || last.tier !== tier.tier;
}
