import { type Day, formatDay } from '../../domain/day.js';
import type { WrittenValue } from '../../domain/settle/written.js';
import type { ItemStatus, PlanItem, StateStore, StoredItem } from '../../ports/state-store.js';
import { isTask, leaveOf, stepOf } from '../../sync/engagement-item.js';
import type { FieldsDetail } from '../../sync/field-item.js';
import { knownRun } from './runs.js';

/** One difference of a plan, ids only: what would be, or was, changed for an account. */
export interface PlanLine {
  readonly seq: number;
  readonly kind: PlanItem['kind'];
  readonly status: ItemStatus;
  readonly account: string;
  /** In words. */
  readonly what: string;
  /** Of the account record; empty for everything else. */
  readonly changes: readonly {
    readonly field: string;
    readonly from: WrittenValue;
    readonly to: WrittenValue;
  }[];
  readonly playbook: string | null;
  readonly step: string | null;
  readonly channel: string | null;
  /** Contact id; null where it is about the account. */
  readonly contact: string | null;
  /** Refusal code with what showed it, or why somebody is taken out. */
  readonly why: string | null;
  /** Day on which what was put off is decided again. */
  readonly tryOn: string | null;
}

export interface PlanPage {
  readonly items: readonly PlanLine[];
  /** Place after which the next page begins; null = this is the last. */
  readonly next: number | null;
}

export interface PlanQuestion {
  readonly kind: PlanItem['kind'] | null;
  readonly status: ItemStatus | null;
  readonly after: number | null;
  readonly limit: number;
}

/** A page of the plan of a run, in its order. */
export async function planPage(state: StateStore, run: string, question: PlanQuestion): Promise<PlanPage> {
  await knownRun(state, run);
  const { after, limit, ...filter } = question;
  const items = await state.plan.page(run, filter, { after, limit });
  return {
    items: items.map(lineOf),
    next: items.length < limit ? null : (items.at(-1)?.seq ?? null),
  };
}

const NOTHING = {
  changes: [],
  playbook: null,
  step: null,
  channel: null,
  contact: null,
  why: null,
  tryOn: null,
};

function lineOf(item: StoredItem): PlanLine {
  const { seq, kind, status, account } = item;
  return { ...NOTHING, seq, kind, status, account, ...LINES[kind](item) };
}

type Told = Pick<PlanLine, 'what'> & Partial<PlanLine>;

const LINES: Readonly<Record<PlanItem['kind'], (item: StoredItem) => Told>> = {
  field: fieldsLine,
  enrolment: stepLine,
  refusal: stepLine,
  leave: leaveLine,
  carry: () => ({ what: 'People of the account are brought up to date in the marketing tools' }),
  record: () => ({ what: 'Records about the account are written' }),
};

function fieldsLine({ detail }: StoredItem): Told {
  const { differences } = detail as FieldsDetail;
  const changes = differences.map(({ field, expected, value }) => ({ field, from: expected, to: value }));
  return { what: `${changes.length === 1 ? 'A field' : `${changes.length} fields`} of the account`, changes };
}

function stepLine(item: StoredItem): Told {
  const step = stepOf(item);
  const { wish, refused, tryOn } = step;
  return {
    what: wordsOf(step),
    playbook: wish.playbook,
    step: wish.step.id,
    channel: wish.step.channel,
    contact: wish.person?.contactId ?? null,
    why: refused === null ? null : `${refused.code}: ${refused.evidence}`,
    tryOn: dayOrNull(tryOn),
  };
}

function wordsOf(step: ReturnType<typeof stepOf>): string {
  const thing = isTask(step) ? 'task' : 'enrolment';
  if (step.refused === null)
    return isTask(step) ? 'A task is opened' : `Enrolled in "${step.wish.step.target}"`;
  return step.tryOn === null ? `The ${thing} is refused` : `The ${thing} is put off`;
}

function leaveLine(item: StoredItem): Told {
  const { entry, by } = leaveOf(item);
  return {
    what: `Taken out of "${entry.target}"`,
    playbook: entry.playbook,
    step: entry.step,
    channel: entry.channel,
    contact: entry.contact,
    why: by.replaceAll('-', ' '),
  };
}

function dayOrNull(day: Day | null): string | null {
  return day === null ? null : formatDay(day);
}
