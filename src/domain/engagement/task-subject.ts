import { spokenDay } from '../day.js';
import type { StepWish } from './wish.js';

const LONGEST = 255;

/**
 * A task has no key of its own in a CRM: with what it is about and the day of the edge behind it, its subject
 * is unique for account and contact, and says when the matter began.
 */
export function taskSubject({ step, about, edge }: Pick<StepWish, 'step' | 'about' | 'edge'>): string {
  const tail = `${about === null ? '' : `: ${about}`} (${spokenDay(edge)})`;
  return `${(step.task?.subject ?? step.target).slice(0, LONGEST - tail.length)}${tail}`;
}
