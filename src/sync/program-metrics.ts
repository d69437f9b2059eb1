import { type BookPart, type MetricBook, metricBook } from '../domain/program/metrics/book.js';
import type { ProgramLift } from '../domain/program/metrics/economics.js';
import { metricRecords } from '../domain/program/metrics/metric-records.js';
import { toldPeriods } from '../domain/program/metrics/period.js';
import type { MetricRecord } from '../domain/program/metrics/record.js';
import type { MetricBasis } from '../domain/program/metrics/subject.js';
import { CRM_RECORDS, type RecordWish } from '../ports/crm-records.js';
import type { PieceToDo } from '../ports/piece-store.js';
import type { AccountRange, NoteStore } from '../ports/state-store.js';
import { PAGE, type Run } from './context.js';
import { firstDayOf } from './engagement-rules.js';
import { measureLift } from './measure-lift.js';
import { metricSubject } from './metric-subject.js';
import { metricKey, metricWish, pastWish } from './metric-wish.js';
import { basisOf } from './rules.js';

const NOTE = 'program-metrics';

/** What the last pass left: on which day and by which rules, and the records that then stood for the present. */
interface LastPass {
  /** Null = it is to be made again, whatever the day. */
  readonly day: number | null;
  readonly rules: string;
  readonly current: readonly string[];
}

export interface MetricPass {
  readonly wishes: readonly RecordWish<'metric'>[];
  /** Notes what came of it: keys that the CRM holds now, and whether to try the others again without being asked. */
  readonly close: (outcome: { readonly held: ReadonlySet<string>; readonly again: boolean }) => Promise<void>;
}

/**
 * The numbers are counted once a local day, and again when config/program.yaml, the mapping or the tiers changed, or the
 * run is asked for it: in ranges of accounts, none when nothing is due.
 */
export async function rangesToCount(run: Run): Promise<readonly PieceToDo[]> {
  if (!run.records.has('metric') || run.parts.metrics === false) return [];
  const last = await lastPass(run.state.notes);
  const made = last !== null && last.day === run.today && last.rules === rulesOf(run);
  if (made && run.parts.metrics !== true) return [];
  const all = { which: 'all', day: run.today, after: null } as const;
  const found = await run.state.assessments.ranges(all, run.sizes.accounts * RANGES_AT_ONCE);
  return found.map((range, at) => ({ piece: String(at + 1), task: range }));
}

/** Counting takes a fraction of the time of assessing, and what it gives is as large for few accounts as for many. */
const RANGES_AT_ONCE = 5;

/** Counts one range of accounts. */
export async function metricsPiece(run: Run, task: unknown): Promise<BookPart> {
  const { book, basis } = await emptyBook(run);
  const scope = {
    basis: basis.facts,
    firstDay: await firstDayOf(run.state.notes),
    toldFrom: Math.min(...toldPeriods(run.today).map(({ asOf }) => asOf)),
  };
  run.progress.stage('Counting the program', null);
  const range = { which: 'all', day: run.today, ...(task as AccountRange) } as const;
  for await (const page of run.state.assessments.bundles(range, PAGE)) {
    await run.checkpoint();
    for (const bundle of page) book.add(await metricSubject(run, bundle, scope));
    run.progress.advance(page.length);
  }
  return book.part();
}

/** What was counted of all ranges; null where nothing was due. */
export async function countedTogether(run: Run, parts: readonly BookPart[]): Promise<BookPart | null> {
  if (parts.length === 0) return null;
  const { book } = await emptyBook(run);
  for (const part of parts) book.merge(part);
  return book.part();
}

/** The numbers of the program as records that the CRM should hold. Records of a period that is over are told so until the CRM holds it. */
export async function programMetrics(run: Run, counted: BookPart): Promise<MetricPass> {
  const last = await lastPass(run.state.notes);
  const records = await recordsOf(run, counted);
  const keys = new Set(records.map((record) => metricKey(record, run.digest)));
  const over = (last?.current ?? (await currentInCrm(run))).filter((key) => !keys.has(key));
  const wishes = [...records.map((record) => metricWish(record, run.digest)), ...over.map(pastWish)];
  const current = records.filter((record) => record.current).map((record) => metricKey(record, run.digest));
  return {
    wishes,
    close: async ({ held, again }) => {
      const open = over.filter((key) => !held.has(key));
      const kept = { day: again ? null : run.today, rules: rulesOf(run), current: [...current, ...open] };
      await run.state.notes.set(NOTE, kept satisfies LastPass);
    },
  };
}

async function lastPass(notes: NoteStore): Promise<LastPass | null> {
  return (await notes.get(NOTE)) as LastPass | null;
}

/** Without a note of our own, an org that another state has served says itself what stands for the present. */
async function currentInCrm({ crm }: Run): Promise<readonly string[]> {
  const { object, key, fields } = CRM_RECORDS.metric;
  const found = await crm.select(object, [key], [{ field: fields.current, is: true }]);
  return found.flatMap(({ values }) => (typeof values[key] === 'string' ? [values[key]] : []));
}

/** The records are gone with their object: nothing stands for the present. */
export async function forgetMetrics(notes: NoteStore): Promise<void> {
  await notes.remove(NOTE);
}

/** Somebody asked for a retry: the next run makes the pass again. */
export async function retryMetrics(notes: NoteStore): Promise<void> {
  const last = await lastPass(notes);
  if (last !== null) await notes.set(NOTE, { ...last, day: null } satisfies LastPass);
}

/** Content of everything but the rows that the numbers depend on. */
function rulesOf({ settings, digest }: Run): string {
  const { program, tiers, crm, moments } = settings;
  return digest.content(JSON.stringify([program, tiers, crm, moments]));
}

async function emptyBook(run: Run): Promise<{ readonly book: MetricBook; readonly basis: MetricBasis }> {
  const { program, engagement, moments } = run.settings;
  const basis: MetricBasis = {
    facts: await basisOf(run),
    calendar: engagement.calendar,
    tellsOnboarding: moments.moments.some(({ phase, required }) => phase === 'onboarding' && required),
  };
  return { book: metricBook(basis, program.segmentBy), basis };
}

async function recordsOf(run: Run, counted: BookPart): Promise<readonly MetricRecord[]> {
  const { book, basis } = await emptyBook(run);
  book.merge(counted);
  const policy = run.settings.program;
  const records = metricRecords({ book, policy, mapped: basis.facts.mapped, lift: await programLift(run) });
  run.progress.done(`${records.length} numbers of the program`);
  return records;
}

/** Mean of what the playbooks with a hold-out changed, where it can be told; null = none keeps anybody out. */
async function programLift({ state, settings, today }: Run): Promise<ProgramLift | null> {
  const held = settings.playbooks.filter(({ holdout, goal }) => holdout > 0 && goal !== null);
  if (held.length === 0) return null;
  const points: number[] = [];
  let sample = 0;
  for (const playbook of held) {
    const { difference, treated, heldOut } = await measureLift(state, playbook, today);
    if (difference === null) continue;
    points.push(difference.value * 100);
    sample += treated.n + heldOut.n;
  }
  const mean = points.reduce((sum, one) => sum + one, 0) / points.length;
  return { points: points.length === 0 ? null : Math.round(mean * 10) / 10, sample };
}
