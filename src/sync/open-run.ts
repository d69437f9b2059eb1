import { type Day, dayOfZone } from '../domain/day.js';
import type { OwnKind } from '../domain/facts/record.js';
import type { OrgProfile } from '../ports/crm.js';
import type { CrmRecordKind } from '../ports/crm-records.js';
import type { Hands, PieceSizes } from '../ports/pieces.js';
import type { RunRecord, StateStore } from '../ports/state-store.js';
import { heedAsks } from './asks.js';
import { type Calls, type Run, type RunParts, type Tools, WHOLE_RUN } from './context.js';
import type { FieldCheck } from './field-check.js';
import type { OurLease } from './lease.js';
import { piecesOf } from './pieces/all-pieces.js';
import type { Worker } from './pieces/do-piece.js';
import { IN_THIS_PROCESS } from './pieces/in-this-process.js';
import { interrupted } from './stop.js';

/** What stays the same for the whole length of a run, as JSON: kept with it, for whoever works on it. */
export interface FixedRun {
  readonly id: string;
  readonly org: OrgProfile;
  readonly today: Day;
  readonly apply: boolean;
  readonly absent: readonly string[];
  readonly records: readonly CrmRecordKind[];
  readonly unread: readonly OwnKind[];
  readonly parts: RunParts;
  readonly trace: string;
  readonly sizes: PieceSizes;
  /** Tells whether another process works by the same settings and channels. */
  readonly settings: string;
}

/** What differs between the processes that work on a run. */
export interface AtWork {
  readonly hands: Hands;
  readonly worker: Worker;
  readonly callsBefore: Calls;
  readonly signal: AbortSignal;
  readonly checkpoint: () => Promise<void>;
}

/** As far as it is known before the org's fields were looked at; of a run that is gone on with, as it was kept. */
export function fixedOf(tools: Tools, { record, org, ...asked }: Asked): FixedRun {
  if (record.fixed !== null) return record.fixed as FixedRun;
  const { id, day: today, apply, trace } = record;
  const { parts = WHOLE_RUN, hands = IN_THIS_PROCESS } = asked;
  const nothing = { absent: [], records: [], unread: [] };
  const settings = settingsMark(tools);
  return { id, org, today, apply, trace, ...nothing, parts, sizes: hands.sizes, settings };
}

/** Hash of everything but the rows that a piece is done by. */
export function settingsMark({ settings, channels, marketing, digest }: Tools): string {
  const connected = [[...channels.keys()].sort(), marketing.map(({ id }) => id).sort()];
  return digest.content(JSON.stringify([settings, connected]));
}

interface Work {
  readonly parts?: RunParts;
  readonly hands?: Hands;
}

export function withFound(fixed: FixedRun, found: FieldCheck['found']): FixedRun {
  const { absent, records, unread } = found;
  return { ...fixed, absent: [...absent], records: [...records], unread: [...unread] };
}

interface Asked extends Work {
  readonly record: RunRecord;
  readonly org: OrgProfile;
}

interface Leading extends Work, Worker {
  readonly runId: string;
  readonly callsBefore: Calls;
  readonly signal?: AbortSignal;
}

/** How the leader works: as long as it holds the lease, nobody asked it to stop, and its process goes on. */
export function atWork(state: StateStore, leading: Leading, lease: OurLease): AtWork {
  const { runId, hands = IN_THIS_PROCESS, callsBefore, signal } = leading;
  return {
    hands,
    worker: leading,
    callsBefore,
    signal: signal === undefined ? lease.signal : AbortSignal.any([lease.signal, signal]),
    checkpoint: async () => {
      if (signal?.aborted === true) throw interrupted();
      await lease.check();
      await heedAsks(state, runId);
    },
  };
}

/** A run as one process works on it. */
export function openRun(tools: Tools, fixed: Omit<FixedRun, 'settings'>, at: AtWork): Run {
  const { absent, records, unread, id, org, today, apply, parts, trace, sizes } = fixed;
  const run: Run = {
    ...tools,
    ...{ id, org, today, apply, parts, trace, sizes },
    dayOf: dayOfZone(fixed.org.timeZone),
    absent: new Set(absent),
    records: new Set(records),
    unread: new Set(unread),
    callsBefore: at.callsBefore,
    signal: at.signal,
    checkpoint: at.checkpoint,
    pieces: piecesOf(() => run, at.hands, at.worker),
  };
  return run;
}
