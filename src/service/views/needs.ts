import type { RunRecord } from '../../ports/state-store.js';
import { holdsOf, readControls } from '../../sync/controls.js';
import { contestedNow } from '../../sync/quarrels.js';
import type { Desk } from '../desk.js';
import { enginesSeen, SILENT_MS } from '../engines.js';
import { heldBack } from './held-back.js';
import { waitingPlan } from './plan-review.js';

/** Something that waits for a person. */
export interface Need {
  /** `now`: nothing goes on before somebody does something. `soon`: it goes on, and should not for long. */
  readonly urgency: 'now' | 'soon';
  readonly sentence: string;
  /** Where it is dealt with. */
  readonly place: 'plan' | 'errors' | 'runs' | 'playbooks' | 'system';
}

/** What waits for somebody, most urgent first. `realNow` is real time, whatever the clock of runs says. */
export async function needsOf(desk: Desk, realNow: number): Promise<readonly Need[]> {
  const [latest] = await desk.state.runs.list(1);
  const needs = [
    ...(await engineNeeds(desk, realNow)),
    ...(await runNeeds(desk, latest)),
    ...(await letterNeeds(desk)),
    ...(await jobNeeds(desk)),
    ...(await holdNeeds(desk)),
  ];
  return needs.toSorted((a, b) => Number(b.urgency === 'now') - Number(a.urgency === 'now'));
}

async function engineNeeds({ state }: Desk, realNow: number): Promise<readonly Need[]> {
  const engines = await enginesSeen(state.notes);
  if (engines.some(({ at }) => realNow - at <= SILENT_MS)) return [];
  return [
    {
      urgency: 'now',
      sentence:
        'No engine was heard of lately, so nothing is done: start `truenorth serve` or `truenorth worker`.',
      place: 'system',
    },
  ];
}

async function runNeeds(desk: Desk, latest: RunRecord | undefined): Promise<readonly Need[]> {
  if (latest === undefined)
    return [
      {
        urgency: 'now',
        sentence: 'No run has been made here yet: start a plan; it writes nothing.',
        place: 'runs',
      },
    ];
  const waiting = await waitingPlan(desk.state);
  if (waiting !== null)
    return waiting.brakes.map(({ sentence }) => ({ urgency: 'now', sentence, place: 'plan' }));
  if ((await heldBack(desk.state)).run !== null) return [];
  return troubleOf(latest);
}

function troubleOf({ status, report }: RunRecord): readonly Need[] {
  const { error, pausedBecause } = (report ?? {}) as {
    readonly error?: unknown;
    readonly pausedBecause?: unknown;
  };
  if (status === 'failed')
    return [
      { urgency: 'now', sentence: `The latest run failed: ${String(error ?? 'see the log')}`, place: 'runs' },
    ];
  if (status === 'paused' && typeof pausedBecause !== 'object')
    return [{ urgency: 'soon', sentence: `The latest run paused: ${String(pausedBecause)}`, place: 'runs' }];
  return [];
}

async function letterNeeds({ state }: Desk): Promise<readonly Need[]> {
  const [letters, contested] = [await state.deadLetters.count(), await contestedNow(state.notes)];
  return [
    ...(letters === 0
      ? []
      : [
          {
            urgency: 'soon' as const,
            sentence: `${letters === 1 ? '1 record was' : `${letters} records were`} refused; each says what mends it.`,
            place: 'errors' as const,
          },
        ]),
    ...(contested.length === 0
      ? []
      : [
          {
            urgency: 'soon' as const,
            sentence: `${contested.length === 1 ? '1 field is' : `${contested.length} fields are`} changed by others again and again, and not written meanwhile.`,
            place: 'errors' as const,
          },
        ]),
  ];
}

const MOST_JOBS = 20;

async function jobNeeds({ queue }: Desk): Promise<readonly Need[]> {
  const failed = await queue.failed(MOST_JOBS);
  if (failed.length === 0) return [];
  const many = failed.length === 1 ? 'A job has' : `${failed.length} jobs have`;
  return [
    { urgency: 'soon', sentence: `${many} failed for good: ${failed[0]?.reason ?? ''}`, place: 'system' },
  ];
}

async function holdNeeds({ state }: Desk): Promise<readonly Need[]> {
  const holds = holdsOf(await readControls(state.notes));
  if (holds.length === 0) return [];
  return [{ urgency: 'soon', sentence: `Paused by hand: ${holds.join(', ')}.`, place: 'playbooks' }];
}
