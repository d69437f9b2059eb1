import type { TaskToOpen } from '../../../../src/ports/marketing.js';

/** 12 March 2026. */
const DUE = 20_524;

export function aTask(given: Partial<TaskToOpen> & Pick<TaskToOpen, 'ownerId'>): TaskToOpen {
  return {
    subject: 'Call about adoption (10 Mar 2026)',
    description: 'Usage fell by a third within a month.',
    kind: 'call',
    priority: 'high',
    dueOn: DUE,
    ...given,
  };
}
