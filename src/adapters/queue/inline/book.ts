import type { Instant } from '../../../domain/day.js';
import type { FailedJob, JobName, JobToDo, QueueCounts } from '../../../ports/job-queue.js';
import { type Entry, entryOf, failedJob, joinLine } from './entry.js';

/** All jobs of one queue. The functions below are the only ways from one state to another; time is handed in. */
export interface Book {
  /** How many of the last done, and of the last failed, are remembered. */
  readonly kept: number;
  readonly known: Map<string, Entry>;
  readonly waiting: Map<JobName, Entry[]>;
  readonly delayed: Set<Entry>;
  readonly active: Set<Entry>;
  readonly done: Set<Entry>;
  readonly failed: Set<Entry>;
  places: number;
}

export function emptyBook(kept: number): Book {
  return {
    kept,
    known: new Map(),
    waiting: new Map(),
    delayed: new Set(),
    active: new Set(),
    done: new Set(),
    failed: new Set(),
    places: 0,
  };
}

/** Does nothing where the id is known. */
export function addJob(book: Book, job: JobToDo, now: Instant): void {
  if (book.known.has(job.id)) return;
  const entry = entryOf(job, book.places++);
  book.known.set(job.id, entry);
  if (job.delayMs > 0) delay(book, entry, now + job.delayMs);
  else letWait(book, entry, now);
}

/** The next job of the name, now active. */
export function takeJob(book: Book, name: JobName, now: Instant): Entry | null {
  const entry = book.waiting.get(name)?.shift() ?? null;
  if (entry === null) return null;
  book.active.add(entry);
  return Object.assign(entry, { state: 'active', since: now, attempts: entry.attempts + 1 });
}

function letWait(book: Book, entry: Entry, since: Instant): void {
  leave(book, entry);
  Object.assign(entry, { state: 'waiting', since });
  const line = book.waiting.get(entry.name) ?? [];
  book.waiting.set(entry.name, line);
  joinLine(entry, line);
}

/** A try that was cut short does not count. */
export function handBack(book: Book, entry: Entry, now: Instant): void {
  entry.attempts -= 1;
  letWait(book, entry, now);
}

export function delay(book: Book, entry: Entry, until: Instant): void {
  leave(book, entry);
  book.delayed.add(Object.assign(entry, { state: 'delayed', since: until }));
}

/** Lets those wait whose delay is over. */
export function wake(book: Book, now: Instant): void {
  for (const entry of [...book.delayed]) if (entry.since <= now) letWait(book, entry, entry.since);
}

/** When the next delayed job may be taken. */
export function nextWake(book: Book): Instant | null {
  let next: Instant | null = null;
  for (const { since } of book.delayed) next = Math.min(next ?? since, since);
  return next;
}

/** `reason` null = done. The oldest that ended are forgotten. */
export function endJob(book: Book, entry: Entry, how: Pick<Entry, 'reason' | 'since'>): void {
  leave(book, entry);
  const state = how.reason === null ? 'done' : 'failed';
  book[state].add(Object.assign(entry, { ...how, state }));
  for (const oldest of book[state]) {
    if (book[state].size <= book.kept) return;
    book[state].delete(oldest);
    book.known.delete(oldest.id);
  }
}

/** Latest first. */
export function failedJobs(book: Book, limit: number): readonly FailedJob[] {
  return [...book.failed].reverse().slice(0, limit).map(failedJob);
}

export function retryJob(book: Book, id: string, now: Instant): boolean {
  const entry = book.known.get(id);
  if (entry?.state !== 'failed') return false;
  letWait(book, Object.assign(entry, { attempts: 0, reason: null }), now);
  return true;
}

export function discardJob(book: Book, id: string): boolean {
  const entry = book.known.get(id);
  if (entry?.state !== 'failed') return false;
  leave(book, entry);
  return book.known.delete(id);
}

export function countJobs(book: Book, now: Instant): QueueCounts {
  const waiting = [...book.waiting.values()].flat();
  const oldest = waiting.reduce((least, { since }) => Math.min(least, since), now);
  return {
    waiting: waiting.length,
    active: book.active.size,
    delayed: book.delayed.size,
    failed: book.failed.size,
    lagMs: waiting.length === 0 ? null : now - oldest,
  };
}

function leave(book: Book, entry: Entry): void {
  for (const place of [book.delayed, book.active, book.done, book.failed]) place.delete(entry);
}
