import type { Instant } from '../../../domain/day.js';
import type { FailedJob, JobName, JobToDo } from '../../../ports/job-queue.js';

/** A job as it is kept. */
export interface Entry {
  readonly name: JobName;
  readonly id: string;
  /** JSON, as a queue on another machine would hand it over. */
  readonly payload: string;
  readonly priority: number;
  readonly trace: string;
  /** Counts up: who came first. */
  readonly place: number;
  state: 'waiting' | 'delayed' | 'active' | 'done' | 'failed';
  /** Tries that count. */
  attempts: number;
  /** Since when it is in its state; of a delayed job: when it may be taken. */
  since: Instant;
  reason: string | null;
}

export function entryOf(job: JobToDo, place: number): Entry {
  const { name, id, priority, trace } = job;
  const payload = JSON.stringify(job.payload ?? null);
  return { name, id, payload, priority, trace, place, state: 'waiting', attempts: 0, since: 0, reason: null };
}

export function failedJob({ id, name, attempts, reason, since }: Entry): FailedJob {
  return { id, name, attempts, reason: reason ?? '', failedAt: since };
}

/** Puts the entry where it belongs among those that wait: by priority, then in the order in which they came. */
export function joinLine(entry: Entry, line: Entry[]): void {
  let low = 0;
  let high = line.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = line[middle];
    if (other !== undefined && goesBefore(entry, other)) high = middle;
    else low = middle + 1;
  }
  line.splice(low, 0, entry);
}

function goesBefore(one: Entry, other: Entry): boolean {
  return one.priority === other.priority ? one.place < other.place : one.priority < other.priority;
}
