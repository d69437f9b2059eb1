import { type MissingDay, withDay } from '../domain/insight/drift/missing.js';
import type { NoteStore } from '../ports/state-store.js';
import type { Run } from './context.js';
import type { MissingShares } from './missing-signals.js';

const NOTE = 'missing-days';

/** Keeps of a day on which all accounts were assessed how many each signal was missing of. */
export async function noteMissingDay(run: Run, missing: MissingShares): Promise<void> {
  const { state, settings, today } = run;
  const one: MissingDay = {
    day: today,
    model: settings.health.version,
    accounts: await state.assessments.count(),
    shares: Object.fromEntries(
      Object.entries(missing).map(([signal, share]) => [signal, Math.round(share * 1_000) / 1_000]),
    ),
  };
  await state.notes.set(NOTE, withDay(await missingDays(state.notes), one));
}

/** Oldest first. */
export async function missingDays(notes: NoteStore): Promise<readonly MissingDay[]> {
  return ((await notes.get(NOTE)) ?? []) as readonly MissingDay[];
}
