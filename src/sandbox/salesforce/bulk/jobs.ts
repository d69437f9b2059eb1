import { ApiError, notFound } from '../api-error.js';
import { makeId } from '../ids.js';

export type JobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';

export interface JobHead {
  readonly id: string;
  readonly createdById: string;
  /** ISO, whole seconds. */
  readonly createdDate: string;
  readonly apiVersion: number;
}

/** The jobs of one API, newest last. */
export interface Jobs<T extends JobHead> {
  readonly nextId: () => string;
  readonly put: (job: T) => T;
  /** 404 when there is none (any more). */
  readonly find: (id: string) => T;
  readonly remove: (id: string) => void;
  readonly all: () => readonly T[];
}

/** `space` keeps the ids of two APIs apart. */
export function startJobs<T extends JobHead>(space: string): Jobs<T> {
  const jobs = new Map<string, T>();
  let count = 0;
  return {
    nextId: () => {
      count += 1;
      return makeId('750', count, space);
    },
    put: (job) => {
      jobs.set(job.id, job);
      return job;
    },
    find: (id) => {
      // The 15-character form is the start of the 18-character one.
      const job = jobs.get(id) ?? [...jobs.values()].find((one) => id.length === 15 && one.id.startsWith(id));
      if (job === undefined) throw notFound();
      return job;
    },
    remove: (id) => {
      jobs.delete(id);
    },
    all: () => [...jobs.values()],
  };
}

export function invalidState(message: string): ApiError {
  return new ApiError(400, 'INVALIDJOBSTATE', message);
}

/** Results are bound to the version that the job was made with (facts §4.1: 409 else). */
export function checkVersion(job: JobHead, version: number): void {
  if (job.apiVersion !== version) {
    const message = `The job was created with API version ${job.apiVersion.toFixed(1)}: use the same version to read it`;
    throw new ApiError(409, 'API_VERSION_MISMATCH', message);
  }
}

const LISTED = 1_000;

/** One page of a job list, newest first. */
export function listPage<T extends JobHead>(
  jobs: Jobs<T>,
  page: { readonly path: string; readonly locator: unknown; readonly infoOf: (job: T) => object },
): object {
  const all = [...jobs.all()].reverse();
  const from = Number(page.locator ?? 0) || 0;
  const to = from + LISTED;
  const done = to >= all.length;
  return {
    done,
    records: all.slice(from, to).map(page.infoOf),
    nextRecordsUrl: done ? null : `${page.path}?queryLocator=${to}`,
  };
}
