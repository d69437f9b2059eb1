import type { Day } from '../domain/day.js';
import { type BookPart, type MetricBook, metricBook } from '../domain/program/metrics/book.js';
import type { ProgramLift } from '../domain/program/metrics/economics.js';
import { metricRecords } from '../domain/program/metrics/metric-records.js';
import { toldPeriods } from '../domain/program/metrics/period.js';
import type { MetricRecord } from '../domain/program/metrics/record.js';
import type { MetricBasis, MetricSubject } from '../domain/program/metrics/subject.js';
import type { AccountRange } from '../ports/state-store.js';
import { PAGE, type Run } from './context.js';
import { type MeasuredLift, measureLift } from './measure-lift.js';
import { metricSubject } from './metric-subject.js';
import { basisOf } from './rules.js';

/** What a playbook with a hold-out and a goal changed. */
export interface PlaybookLift {
  readonly playbook: string;
  readonly label: string;
  readonly lift: MeasuredLift;
}

/** What is counted beside the numbers of the program, in the same pass over the book. */
export interface CountedBeside {
  /** First day of which it asks the tier of an account. */
  readonly toldFrom: Day;
  readonly open: (basis: MetricBasis) => { readonly add: (subject: MetricSubject) => void };
}

export interface ProgramCount {
  readonly records: readonly MetricRecord[];
  /** Of every playbook with a hold-out and a goal. */
  readonly lifts: readonly PlaybookLift[];
}

/** Works out the numbers of the program from the whole book, one page at a time. */
export async function countProgram(run: Run, beside: CountedBeside | null = null): Promise<ProgramCount> {
  const { book, basis } = await emptyBook(run);
  run.progress.stage('Counting the program', await run.state.rows.count('account'));
  const counted = [book, ...(beside === null ? [] : [beside.open(basis)])];
  await countAccounts(run, { range: WHOLE_BOOK, counted, basis, toldFrom: beside?.toldFrom ?? Infinity });
  return programIn(run, book, basis);
}

const WHOLE_BOOK: AccountRange = { after: null, upTo: null };

/** Counts one range of accounts for `programOf`. */
export async function countRange(run: Run, range: AccountRange): Promise<BookPart> {
  const { book, basis } = await emptyBook(run);
  run.progress.stage('Counting the program', null);
  await countAccounts(run, { range, counted: [book], basis, toldFrom: Infinity });
  return book.part();
}

/** What was counted of several ranges as if it were one. */
export async function countedTogether(run: Run, parts: readonly BookPart[]): Promise<BookPart> {
  const { book } = await emptyBook(run);
  for (const part of parts) book.merge(part);
  return book.part();
}

/** The numbers of the program from what was counted of the whole book. */
export async function programOf(run: Run, counted: BookPart): Promise<ProgramCount> {
  const { book, basis } = await emptyBook(run);
  book.merge(counted);
  return programIn(run, book, basis);
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

interface Counting {
  readonly range: AccountRange;
  readonly counted: readonly { readonly add: (subject: MetricSubject) => void }[];
  readonly basis: MetricBasis;
  readonly toldFrom: Day;
}

async function countAccounts(run: Run, { range, counted, basis, toldFrom }: Counting): Promise<void> {
  const scope = {
    basis: basis.facts,
    toldFrom: Math.min(...toldPeriods(run.today).map(({ asOf }) => asOf), toldFrom),
  };
  const filter = { which: 'all', day: run.today, ...range } as const;
  for await (const page of run.state.assessments.bundles(filter, PAGE)) {
    await run.checkpoint();
    for (const bundle of page) {
      const subject = await metricSubject(run, bundle, scope);
      for (const one of counted) one.add(subject);
    }
    run.progress.advance(page.length);
  }
}

async function programIn(run: Run, book: MetricBook, basis: MetricBasis): Promise<ProgramCount> {
  const lifts = await liftsOf(run);
  const records = metricRecords({
    book,
    policy: run.settings.program,
    mapped: basis.facts.mapped,
    lift: programLift(lifts),
  });
  run.progress.done(`${records.length} numbers of the program`);
  return { records, lifts };
}

async function liftsOf({ state, settings, today }: Run): Promise<readonly PlaybookLift[]> {
  const lifts: PlaybookLift[] = [];
  for (const playbook of settings.playbooks) {
    if (playbook.holdout <= 0 || playbook.goal === null) continue;
    const { id, label } = playbook;
    lifts.push({ playbook: id, label, lift: await measureLift(state, playbook, today) });
  }
  return lifts;
}

/** Mean of what the playbooks with a hold-out changed, where it can be told; null = none keeps anybody out. */
function programLift(lifts: readonly PlaybookLift[]): ProgramLift | null {
  if (lifts.length === 0) return null;
  const told = lifts.flatMap(({ lift: { difference, treated, heldOut } }) =>
    difference === null ? [] : [{ points: difference.value * 100, n: treated.n + heldOut.n }],
  );
  const mean = told.reduce((sum, { points }) => sum + points, 0) / told.length;
  return {
    points: told.length === 0 ? null : Math.round(mean * 10) / 10,
    sample: told.reduce((sum, { n }) => sum + n, 0),
  };
}
