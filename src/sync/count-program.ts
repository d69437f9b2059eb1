import type { Day } from '../domain/day.js';
import { metricBook } from '../domain/program/metrics/book.js';
import type { ProgramLift } from '../domain/program/metrics/economics.js';
import { metricRecords } from '../domain/program/metrics/metric-records.js';
import { toldPeriods } from '../domain/program/metrics/period.js';
import type { MetricRecord } from '../domain/program/metrics/record.js';
import type { MetricBasis, MetricSubject } from '../domain/program/metrics/subject.js';
import { PAGE, type Run } from './context.js';
import { firstDayOf } from './engagement-rules.js';
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
  const { program, engagement, moments } = run.settings;
  const basis: MetricBasis = {
    facts: await basisOf(run),
    calendar: engagement.calendar,
    tellsOnboarding: moments.moments.some(({ phase, required }) => phase === 'onboarding' && required),
  };
  const book = metricBook(basis, program.segmentBy);
  const counted = [book, ...(beside === null ? [] : [beside.open(basis)])];
  const scope = {
    basis: basis.facts,
    firstDay: await firstDayOf(run.state.notes),
    toldFrom: Math.min(...toldPeriods(run.today).map(({ asOf }) => asOf), beside?.toldFrom ?? Infinity),
  };
  run.progress.stage('Counting the program', await run.state.rows.count('account'));
  const pages = run.state.assessments.bundles({ which: 'all', day: run.today, after: null }, PAGE);
  for await (const page of pages) {
    await run.checkpoint();
    for (const bundle of page) {
      const subject = await metricSubject(run, bundle, scope);
      for (const one of counted) one.add(subject);
    }
    run.progress.advance(page.length);
  }
  const lifts = await liftsOf(run);
  const records = metricRecords({
    book,
    policy: program,
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
