import { type ChangeCounts, countChanges } from '../brakes.js';
import type { Run } from '../context.js';

const NOTE = 'refreshed-today';

interface Refreshed extends ChangeCounts {
  readonly day: number;
}

const NONE: ChangeCounts = { band: 0, tier: 0, enrolment: 0 };

/**
 * Many small plans can add up to one that a brake would hold: they are counted together, by the day. Says what
 * would be too much, or null; then it counts as carried out.
 */
export async function refreshBrake(run: Run): Promise<string | null> {
  const { brakes } = run.settings.engagement;
  const kept = (await run.state.notes.get(NOTE)) as Refreshed | null;
  const before = kept?.day === run.today ? kept : NONE;
  const planned = await countChanges(run);
  const sum = {
    band: before.band + planned.band,
    tier: before.tier + planned.tier,
    enrolment: before.enrolment + planned.enrolment,
  };
  const many = Math.max(sum.band, sum.tier, sum.enrolment);
  if (many >= brakes.atLeast) {
    const accounts = await run.state.rows.count('account');
    if (many > brakes.share * accounts)
      return `Changes as they happened today would change the band, the tier or the enrolments of ${many} accounts.`;
  }
  await run.state.notes.set(NOTE, { ...sum, day: run.today });
  return null;
}
