import { type Day, parseDay } from '../../../../src/domain/day.js';
import { deriveFacts } from '../../../../src/domain/facts/derive.js';
import type { CrmRow, RecordValue } from '../../../../src/domain/facts/record.js';
import { DEFAULT_TARGETS } from '../../../../src/domain/program/default-targets.js';
import type { MetricId } from '../../../../src/domain/program/metric-ids.js';
import { metricBook } from '../../../../src/domain/program/metrics/book.js';
import type { ProgramLift } from '../../../../src/domain/program/metrics/economics.js';
import { metricRecords } from '../../../../src/domain/program/metrics/metric-records.js';
import type { MetricRecord } from '../../../../src/domain/program/metrics/record.js';
import type {
  AccountStanding,
  MetricSubject,
  RenewalOutcome,
} from '../../../../src/domain/program/metrics/subject.js';
import type { ProgramPolicy } from '../../../../src/domain/program/program-policy.js';
import { aBasis, mappedAll } from '../../facts/builders.js';

/** Thursday 26 November 2026, in UTC. */
export const TODAY = day('2026-11-26');

export function day(text: string): Day {
  return parseDay(text) ?? Number.NaN;
}

/** An instant of a day. */
export function at(text: string, hour = 12): number {
  return Date.parse(`${text}T${String(hour).padStart(2, '0')}:00:00Z`);
}

type Values = Readonly<Record<string, RecordValue>>;

export interface AccountDraft {
  readonly account?: Values;
  readonly opportunities?: readonly Values[];
  readonly cases?: readonly Values[];
  readonly contacts?: readonly Values[];
  readonly surveys?: readonly Values[];
  readonly usage?: readonly Values[];
  readonly activities?: readonly Values[];
  readonly requests?: readonly Values[];
  readonly events?: readonly Values[];
  readonly standing?: Partial<AccountStanding>;
  readonly tier?: string;
  readonly tierOn?: MetricSubject['tierOn'];
  readonly segment?: string;
  readonly outcomes?: readonly RenewalOutcome[];
}

export interface BookDraft {
  readonly accounts: readonly AccountDraft[];
  /** Counted apart in ranges of so many; all together when absent. */
  readonly countedBy?: number;
  readonly mapped?: ReadonlySet<string>;
  readonly policy?: Partial<ProgramPolicy>;
  readonly lift?: ProgramLift | null;
  readonly today?: Day;
  readonly tellsOnboarding?: boolean;
  readonly watchedFrom?: Day;
  readonly outcomesFrom?: Day | null;
}

const POLICY: ProgramPolicy = {
  targets: DEFAULT_TARGETS,
  segmentBy: null,
  floor: 1,
  staffing: {},
  revenuePerPerson: { about: 3_000_000, warnBelow: 1_000_000, warnAbove: 10_000_000 },
  generalMarketing: { people: null, opened: null, clicked: null, replied: null },
  timeSample: null,
};

const CALENDAR = { businessDays: [1, 2, 3, 4, 5], holidays: [], hours: null } as const;

function rowsOf(kind: string, nth: number, of: readonly Values[] = []): readonly CrmRow[] {
  return of.map((values, index) => ({ id: `${kind}-${nth}-${index}`, accountId: `A${nth}`, values }));
}

function subjectOf(draft: AccountDraft, nth: number, basis: ReturnType<typeof aBasis>): MetricSubject {
  const account: CrmRow = { id: `A${nth}`, accountId: `A${nth}`, values: draft.account ?? {} };
  const rows = {
    opportunity: rowsOf('o', nth, draft.opportunities),
    case: rowsOf('c', nth, draft.cases),
    contact: rowsOf('p', nth, draft.contacts),
    survey: rowsOf('s', nth, draft.surveys),
    usage: rowsOf('u', nth, draft.usage),
    activity: rowsOf('a', nth, draft.activities),
    request: rowsOf('r', nth, draft.requests),
    engagement: rowsOf('e', nth, draft.events),
  };
  const nobody = { score: null, band: 'unknown', dayZero: null, phase: null, onboardedOn: null };
  return {
    account,
    rows,
    facts: deriveFacts({ account, rows }, basis),
    standing: { ...nobody, ...draft.standing },
    tierOn: draft.tierOn ?? (() => draft.tier ?? 'digital'),
    segment: draft.segment ?? 'Unknown',
    outcomes: draft.outcomes ?? [],
  };
}

/** Every record of a book that is written by hand. */
export function recordsOf(draft: BookDraft): readonly MetricRecord[] {
  const { today = TODAY, mapped = mappedAll(), lift = null, tellsOnboarding = true, ...from } = draft;
  const policy = { ...POLICY, ...draft.policy };
  const { watchedFrom = 0, outcomesFrom = 0 } = from;
  const facts = aBasis({ today, mapped, watchedFrom, outcomesFrom });
  const empty = () => metricBook({ facts, calendar: CALENDAR, tellsOnboarding }, policy.segmentBy);
  const subjects = draft.accounts.map((account, nth) => subjectOf(account, nth, facts));
  const book = empty();
  const size = draft.countedBy ?? subjects.length;
  for (let from = 0; from < subjects.length; from += size) {
    const range = empty();
    for (const subject of subjects.slice(from, from + size)) range.add(subject);
    book.merge(JSON.parse(JSON.stringify(range.part())));
  }
  return metricRecords({ book, policy, mapped, lift });
}

export interface Place {
  readonly period?: string;
  readonly tier?: string;
  readonly segment?: string;
  readonly band?: string;
}

/** The one record of a metric for a place; everything together in November where nothing else is said. */
export function recordAt(
  records: readonly MetricRecord[],
  metric: MetricId,
  { period = '2026-11', tier = 'All', segment = 'All', band = 'All' }: Place = {},
): MetricRecord | undefined {
  const found = records.filter(
    (record) =>
      record.metric.id === metric &&
      record.period.name === period &&
      record.group.tier === tier &&
      record.group.segment === segment &&
      record.group.band === band,
  );
  if (found.length > 1) throw new Error(`${metric} is there ${found.length} times`);
  return found[0];
}

/** Value of a metric over a book. */
export function valueAt(draft: BookDraft, metric: MetricId, place?: Place): number | null | undefined {
  return recordAt(recordsOf(draft), metric, place)?.value;
}
