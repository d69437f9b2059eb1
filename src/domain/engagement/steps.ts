import type { Day } from '../day.js';
import type { Playbook, PlaybookStep } from './playbook.js';

/** Steps whose day has come and that are not too late; day 1 is the day of the edge. */
export function dueSteps(playbook: Playbook, edge: Day, today: Day): readonly PlaybookStep[] {
  return playbook.steps.filter((step) => {
    const due = edge + step.day - 1;
    return due <= today && today <= due + step.lateBy;
  });
}

/** The next day on which a step comes due or runs out, or null when nothing is left. */
export function nextStepDay(playbook: Playbook, edge: Day, today: Day): Day | null {
  const days = playbook.steps.map((step) => edge + step.day - 1).filter((day) => day > today);
  return days.length > 0 ? Math.min(...days) : null;
}
