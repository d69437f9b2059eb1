import { type Day, dayOfZone, spokenDay } from '../../domain/day.js';
import type { AlertSettings } from '../../ports/settings.js';
import { notedOrg } from '../../sync/own-state.js';
import { movesSince, standingAtRisk } from '../alerts/at-risk.js';
import { takeForDigest } from '../alerts/check.js';
import { type DayInNumbers, digestMessage } from '../alerts/digest-message.js';
import { post } from '../alerts/outbox.js';
import type { EngineParts } from '../engine-parts.js';

const NOTE = 'digest';
const RUNS_LOOKED_AT = 500;

/** How far the last digest came. */
interface Kept {
  readonly position: number;
  /** The day that it told of. */
  readonly day: Day;
}

export type DigestParts = Pick<
  EngineParts,
  'org' | 'state' | 'messengers' | 'log' | 'publicUrl' | 'realNow' | 'clock'
>;

/** Tells people of the day before the org's present one. The same day is told once, whoever asks again. */
export async function sendDigest(parts: DigestParts, settings: AlertSettings): Promise<boolean> {
  const { state, clock, org, publicUrl } = parts;
  const dayOf = dayOfZone((await notedOrg(state, org)).timeZone);
  const day = dayOf(clock.now()) - 1;
  const before = ((await state.notes.get(NOTE)) ?? { position: 0, day: -1 }) as Kept;
  if (before.day >= day) return false;
  const { moves, position } = await movesSince(state.assessments, before.position, day);
  const numbers: DayInNumbers = {
    day,
    runs: (await state.runs.list(RUNS_LOOKED_AT)).filter((run) => run.apply && dayOf(run.startedAt) === day),
    moves,
    atRisk: await standingAtRisk(state.assessments, moves),
    sent: await state.ledger.bySender(day),
    refusals: await state.ledger.refusalsOn(day),
    deadLetters: await state.deadLetters.count(),
    waiting: await takeForDigest(state.notes),
  };
  await state.notes.set(NOTE, { position, day } satisfies Kept);
  const message = digestMessage(numbers, { org, publicUrl, names: settings.names });
  await post({ notes: state.notes, messengers: parts.messengers, log: parts.log, now: parts.realNow() }, [
    message,
  ]);
  parts.log.info('Digest', { day: spokenDay(day), runs: numbers.runs.length, moves: moves.length });
  return true;
}
