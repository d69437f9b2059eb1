import type { BookPart } from '../domain/program/metrics/book.js';
import { CRM_RECORDS, type RecordWish } from '../ports/crm-records.js';
import type { PieceToDo } from '../ports/piece-store.js';
import type { AccountRange, NoteStore } from '../ports/state-store.js';
import type { Run } from './context.js';
import { countRange, programOf } from './count-program.js';
import { metricKey, metricWish, pastWish } from './metric-wish.js';

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

export function metricsPiece(run: Run, task: unknown): Promise<BookPart> {
  return countRange(run, task as AccountRange);
}

/** The numbers of the program as records that the CRM should hold. Records of a period that is over are told so until the CRM holds it. */
export async function programMetrics(run: Run, counted: BookPart): Promise<MetricPass> {
  const last = await lastPass(run.state.notes);
  const { records } = await programOf(run, counted);
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
