import { dayOfZone, type Instant } from '../domain/day.js';
import type { Clock } from '../ports/clock.js';
import type { OrgProfile } from '../ports/crm.js';
import { IntegrationError } from '../ports/errors.js';
import type { RunRecord, StateStore } from '../ports/state-store.js';
import { isPaused } from './asks.js';

/** Writes down where a run stands. */
export interface RecordKeeper {
  readonly now: () => RunRecord;
  readonly begin: () => Promise<void>;
  /** Keeps what stays the same, and gives it back. */
  readonly fix: <T>(fixed: T) => Promise<T>;
  /** A run that is gone on with does not fall back behind the stage that it had reached. */
  readonly stage: (stage: RunRecord['stage']) => Promise<void>;
  readonly end: (status: RunRecord['status'], report: unknown) => Promise<void>;
  /** It stands still, and is not over. */
  readonly pause: (report: unknown) => Promise<void>;
}

interface Keeping {
  readonly state: StateStore;
  readonly clock: Clock;
  /** Throws where another process leads the run by now: what it wrote down is not ours to overwrite. */
  readonly isOurs: () => Promise<void>;
}

const STAGES: readonly RunRecord['stage'][] = ['pull', 'assess', 'settle', 'apply', 'report'];

function recordKeeper({ state, clock, isOurs }: Keeping, record: RunRecord): RecordKeeper {
  let current = record;
  const save = async (change: Partial<RunRecord>): Promise<void> => {
    await isOurs();
    current = { ...current, ...change };
    await state.runs.save(current);
  };
  return {
    now: () => current,
    begin: () => save({ status: 'running', finishedAt: null, report: null }),
    fix: async (fixed) => {
      await save({ fixed });
      return fixed;
    },
    stage: async (stage) => {
      if (STAGES.indexOf(stage) > STAGES.indexOf(current.stage)) await save({ stage });
      else await isOurs();
    },
    end: (status, report) => save({ status, report, finishedAt: clock.now() }),
    pause: (report) => save({ status: 'paused', report, finishedAt: null }),
  };
}

interface Asked {
  readonly runId: string;
  readonly apply: boolean;
  readonly trigger?: string;
  readonly trace?: string;
  readonly resume?: boolean;
}

/** The record of a run that begins, or of the one that is gone on with. Throws where that must not be. */
async function openRecord(state: StateStore, fresh: RunRecord, resume: boolean): Promise<RunRecord> {
  const found = resume ? await state.runs.get(fresh.id) : null;
  const [newest] = (await state.runs.list(LOOKED_AT)).filter(({ org }) => org === fresh.org);
  if (found === null) {
    const byItself = fresh.trigger === 'schedule' || fresh.trigger === 'change';
    if (byItself && newest !== undefined && isPaused(newest)) throw held(newest.id);
    return fresh;
  }
  const open = found.status === 'running' || found.status === 'failed' || isPaused(found);
  if (!open || newest?.id !== found.id) throw over(found);
  return found;
}

const LOOKED_AT = 20;

/** The keeper of a run that begins, or that is gone on with. */
export async function openKeeper(
  tools: Keeping,
  asked: Asked,
  { org, startedAt }: { readonly org: OrgProfile; readonly startedAt: Instant },
): Promise<RecordKeeper> {
  const { runId: id, apply, trigger = 'cli', trace = id, resume = false } = asked;
  const day = dayOfZone(org.timeZone)(startedAt);
  const fresh: RunRecord = {
    ...{ id, org: org.id, startedAt, day, apply, trigger, trace },
    ...{ finishedAt: null, stage: 'pull', status: 'running', fixed: null, report: null },
  };
  return recordKeeper(tools, await openRecord(tools.state, fresh, resume));
}

function held(run: string): IntegrationError {
  return new IntegrationError({
    kind: 'Transient',
    code: 'RUN_HELD',
    message: `Run ${run} was paused by somebody, so that no other begins by itself.`,
    actions: ['Let it go on, or cancel it.'],
    retryable: false,
    provider: 'run',
    operation: 'start run',
  });
}

function over({ id, status }: RunRecord): IntegrationError {
  return new IntegrationError({
    kind: 'Config',
    code: 'RUN_OVER',
    message: `Run ${id} can't be gone on with: it is ${status}, or another one began after it.`,
    actions: ['Start another run: it plans anew what is left.'],
    retryable: false,
    provider: 'run',
    operation: 'go on with a run',
  });
}
