import { formatDay } from '../../../domain/day.js';
import type { CrmValue } from '../../../ports/crm.js';
import type { EnrolmentRequest, TaskToOpen } from '../../../ports/marketing.js';

const PRIORITIES: Readonly<Record<TaskToOpen['priority'], string>> = {
  high: 'High',
  normal: 'Normal',
  low: 'Low',
};

/** What the activity timeline files it under. Set at creation or never; a meeting to arrange is a plain task. */
const SUBTYPES: Readonly<Record<TaskToOpen['kind'], string>> = {
  call: 'Call',
  message: 'Email',
  meeting: 'Task',
  other: 'Task',
};

export function taskValues(
  { account, contactId }: EnrolmentRequest,
  task: TaskToOpen,
): Readonly<Record<string, CrmValue>> {
  return {
    WhatId: account,
    ...(contactId === null ? {} : { WhoId: contactId }),
    OwnerId: task.ownerId,
    Subject: task.subject,
    Description: task.description,
    ActivityDate: formatDay(task.dueOn),
    Priority: PRIORITIES[task.priority],
    Status: 'Not Started',
    TaskSubtype: SUBTYPES[task.kind],
  };
}

/** What tells one task from another: about which account, about whom, saying what. */
export function identityOf({ account, contactId, task }: EnrolmentRequest): string {
  return identity([account, contactId, task?.subject ?? null]);
}

/** Salesforce drops spaces at both ends of a text. */
export function identity(parts: readonly (CrmValue | undefined)[]): string {
  return JSON.stringify(parts.map((part) => (typeof part === 'string' ? part.trim() : null)));
}
