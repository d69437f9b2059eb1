import { formatDay, spokenDay } from '../domain/day.js';
import type { TaskWords } from '../domain/engagement/playbook.js';
import { businessDayAfter } from '../domain/engagement/send-time.js';
import { taskSubject } from '../domain/engagement/task-subject.js';
import type { EnrolmentRequest, TaskToOpen } from '../ports/marketing.js';
import type { LedgerEntry, PlanItem } from '../ports/state-store.js';
import type { Run } from './context.js';
import { ledgerKey } from './engagement-candidate.js';
import { stepOf } from './engagement-item.js';
import type { StoredResult } from './stored-result.js';

/** What the channel is asked for a step of the plan. `recordId` = the tool's own id of the person. */
export async function requestOf(run: Run, item: PlanItem, recordId: string): Promise<EnrolmentRequest> {
  const { wish, sender } = stepOf(item);
  return {
    key: ledgerKey(wish),
    account: wish.account,
    contactId: wish.person?.contactId ?? null,
    person: wish.person?.key ?? null,
    recordId,
    senderEmail: wish.step.task === null ? (sender ?? '') : '',
    since: wish.due,
    task: wish.step.task === null ? null : taskOf(run, item, wish.step.task),
    facts: wish.step.channel === 'webhook' ? await factsOf(run, item) : {},
  };
}

/** The same key asked for again, for read-back and for leaving: only what identifies it. */
export function requestAgain(entry: LedgerEntry): EnrolmentRequest {
  return {
    key: entry.key,
    account: entry.account,
    contactId: entry.contact,
    person: entry.contact === null ? null : entry.person,
    recordId: entry.recordId ?? entry.contact ?? '',
    senderEmail: entry.sender ?? '',
    since: entry.day,
    task: entry.channel === 'salesforce-task' ? { ...NO_TASK, subject: entry.target } : null,
    facts: {},
  };
}

/** A task is known by its subject; what else it says is of no matter for finding it. */
const NO_TASK: TaskToOpen = {
  subject: '',
  description: '',
  kind: 'other',
  priority: 'normal',
  ownerId: '',
  dueOn: 0,
};

function taskOf(run: Run, item: PlanItem, words: TaskWords): TaskToOpen {
  const { wish, sender } = stepOf(item);
  const { engagement, playbooks } = run.settings;
  const label = playbooks.find(({ id }) => id === wish.playbook)?.label ?? wish.playbook;
  return {
    subject: taskSubject(wish),
    description: `${words.description}\n\nWhy: playbook "${label}", begun on ${spokenDay(wish.edge)}. Opened by Truenorth; closing the task tells it so.`,
    kind: words.kind,
    priority: words.priority,
    ownerId: sender ?? '',
    dueOn: businessDayAfter(engagement.calendar, run.today, words.dueIn),
  };
}

async function factsOf(run: Run, item: PlanItem): Promise<EnrolmentRequest['facts']> {
  const { wish } = stepOf(item);
  const assessed = await run.state.assessments.latest(wish.account);
  const result = assessed?.result as StoredResult | undefined;
  return {
    playbook: wish.playbook,
    step: wish.step.id,
    edge: formatDay(wish.edge),
    score: result?.health.shownScore ?? null,
    band: result?.health.band ?? null,
    tier: result?.tier.tier ?? null,
    phase: result?.phase ?? null,
  };
}
