import { isOwnKind, RECORD_KINDS, type RecordKind } from '../domain/facts/record.js';
import type { NoteStore } from '../ports/state-store.js';
import { PAGE, type Run } from './context.js';
import type { FieldsDetail, TierDetail } from './field-item.js';
import { noteMissingDay } from './missing-days.js';
import type { MissingShares } from './missing-signals.js';

/** Why a plan is not carried out before somebody has looked at it. */
export interface Brake {
  readonly kind: 'band' | 'tier' | 'enrolment' | 'source';
  readonly sentence: string;
}

const APPROVED = 'approved-brakes';
const SOURCES = 'source-shares';
const SIGNALS = 'signal-shares';

/** What an approval lets through: the kinds, once, for the next plan that is carried out. */
export async function approve(notes: NoteStore, kinds: readonly Brake['kind'][]): Promise<void> {
  await notes.set(APPROVED, kinds);
}

export async function approvedKinds(notes: NoteStore): Promise<readonly string[]> {
  const kept = await notes.get(APPROVED);
  return Array.isArray(kept) ? kept.map(String) : [];
}

/** An approval is used up by the plan that it let through. */
export async function useApproval(notes: NoteStore): Promise<void> {
  await notes.remove(APPROVED);
}

/** Brakes of this run's plan that nobody has approved. */
export async function brakesOf(run: Run, missing: MissingShares | null): Promise<readonly Brake[]> {
  return run.pieces.one('brakes', missing);
}

export async function brakesPiece(run: Run, task: unknown): Promise<readonly Brake[]> {
  const missing = task as MissingShares | null;
  const { brakes } = run.settings.engagement;
  const accounts = await run.state.rows.count('account');
  const counts = await countChanges(run);
  const found: Brake[] = [];
  for (const kind of ['band', 'tier', 'enrolment'] as const) {
    const many = counts[kind];
    if (many < brakes.atLeast || many <= brakes.share * accounts) continue;
    const share = Math.round((many / Math.max(1, accounts)) * 100);
    found.push({ kind, sentence: `The plan changes the ${kind} of ${many} accounts, ${share} % of all.` });
  }
  found.push(...(await sourceBrakes(run, accounts)), ...(await signalBrakes(run, { missing, accounts })));
  const approved = await approvedKinds(run.state.notes);
  return found.filter(({ kind }) => !approved.includes(kind));
}

/** Accounts that a plan changes in one way. */
export type ChangeCounts = Readonly<Record<'band' | 'tier' | 'enrolment', number>>;

/** Accounts of the plan whose band or tier becomes another one (a first one is no change), and who get enrolments. */
export async function countChanges(run: Run): Promise<ChangeCounts> {
  const fieldOf = (fact: string): string | null =>
    run.settings.crm.write.find((rule) => rule.fact === fact)?.field ?? null;
  const [band, tier] = [fieldOf('band'), fieldOf('tier')];
  const counts = { band: 0, tier: 0, enrolment: 0 };
  for await (const page of run.state.plan.items(run.id, { kind: 'field', status: 'planned' }, PAGE)) {
    for (const { detail } of page) {
      const { differences } = detail as FieldsDetail | TierDetail;
      const changes = (field: string | null): boolean =>
        differences.some((one) => one.field === field && isSaid(one.expected) && isSaid(one.value));
      if (changes(band)) counts.band += 1;
      if (changes(tier)) counts.tier += 1;
    }
  }
  const enrolled = new Set<string>();
  for await (const page of run.state.plan.items(run.id, { kind: 'enrolment', status: 'planned' }, PAGE))
    for (const { account } of page) enrolled.add(account);
  return { ...counts, enrolment: enrolled.size };
}

function isSaid(value: unknown): boolean {
  return value !== null && value !== '' && value !== 'unknown' && value !== 'unassigned';
}

type Shares = Readonly<Record<string, number>>;

/** A source whose rows vanish from the book looks like a whole book in trouble. */
async function sourceBrakes(run: Run, accounts: number): Promise<readonly Brake[]> {
  const before = ((await run.state.notes.get(SOURCES)) ?? {}) as Shares;
  const { missing, atLeast } = run.settings.engagement.brakes;
  const now = await rowCounts(run);
  const found: Brake[] = [];
  for (const [kind, rows] of Object.entries(now)) {
    const earlier = before[kind] ?? 0;
    if (accounts === 0 || earlier < accounts * missing || rows >= earlier * (1 - missing)) continue;
    if (earlier - rows < Math.min(atLeast, earlier / 2)) continue;
    const share = Math.round((1 - rows / earlier) * 100);
    found.push({ kind: 'source', sentence: `${share} % of the ${kind} rows that were there are gone.` });
  }
  return found;
}

interface KeptShares {
  readonly model: string;
  readonly shares: MissingShares;
}

/** A feed that died, or a field that was emptied, takes a signal away from many accounts at once. */
async function signalBrakes(
  run: Run,
  { missing, accounts }: { readonly missing: MissingShares | null; readonly accounts: number },
): Promise<readonly Brake[]> {
  const before = (await run.state.notes.get(SIGNALS)) as KeptShares | null;
  const { health, engagement } = run.settings;
  // Under another model other signals are asked for: there is nothing to compare with.
  if (missing === null || before === null || before.model !== health.version) return [];
  // In a short book half of it is many; otherwise a single account would stop it.
  const least = Math.min(engagement.brakes.atLeast, accounts / 2);
  const percent = (share: number): number => Math.round(share * 100);
  return Object.entries(missing).flatMap(([signal, share]): readonly Brake[] => {
    const earlier = before.shares[signal];
    if (earlier === undefined || share - earlier <= engagement.brakes.missing) return [];
    if ((share - earlier) * accounts < least) return [];
    const sentence = `The signal ${signal} is unknown for ${percent(share)} % of the accounts, ${percent(earlier)} % before.`;
    return [{ kind: 'source', sentence }];
  });
}

/** Notes what each source told, once a plan was carried out: what the next is compared with. */
export async function noteSources(run: Run, missing: MissingShares | null): Promise<void> {
  await run.state.notes.set(SOURCES, await rowCounts(run));
  if (missing === null) return;
  const kept: KeptShares = { model: run.settings.health.version, shares: missing };
  await run.state.notes.set(SIGNALS, kept);
  await noteMissingDay(run, missing);
}

/** A pulse is somebody's to make and to take back: that there are fewer is no sign of a feed that died. */
async function rowCounts(run: Run): Promise<Shares> {
  const mapped = new Set<RecordKind>(run.settings.crm.objects.map(({ kind }) => kind));
  const counts: Record<string, number> = {};
  for (const kind of RECORD_KINDS)
    if (mapped.has(kind) && !isOwnKind(kind)) counts[kind] = await run.state.rows.count(kind);
  return counts;
}
