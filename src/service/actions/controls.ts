import { CHANNEL_IDS } from '../../domain/engagement/channel.js';
import { type Controls, type Hold, keepHold } from '../../sync/controls.js';
import { type Change, noteChange } from '../audited.js';
import type { Asker, Desk } from '../desk.js';
import { absent, invalid } from '../refusal.js';
import { requirePlaybook } from '../views/playbooks.js';

export const NO_HOLD: Hold = { all: false, fields: false, playbook: null, channel: null };

/** Pauses or resumes what is named. Scores and tiers go on whatever is paused. */
export async function setHold(
  desk: Desk,
  { hold, on }: { readonly hold: Hold; readonly on: boolean },
  asker: Asker,
): Promise<Controls> {
  requireNamed(desk, hold);
  const controls = await keepHold(desk.state.notes, hold, on);
  await noteChange(desk, asker, holdChange(hold, on));
  return controls;
}

/** A pause, or the end of one, as the audit has it. */
export function holdChange(hold: Hold, on: boolean): Change {
  const what = `${on ? 'pause' : 'resume'} ${hold.playbook === null ? 'sending' : 'playbook'}`;
  return { what, subject: subjectOf(hold), particulars: { ...hold } };
}

function requireNamed(desk: Desk, { all, fields, playbook, channel }: Hold): void {
  if (!all && !fields && playbook === null && channel === null)
    throw invalid({
      code: 'NOTHING_NAMED',
      message: 'It is not said what to pause or to resume.',
      action:
        'Name a playbook or a channel, or say `all` for everything that is sent, or `fields` for account fields.',
      operation: 'pause',
    });
  if (playbook !== null) requirePlaybook(desk, playbook);
  if (channel !== null && !CHANNEL_IDS.some((id) => id === channel))
    throw absent({
      code: 'UNKNOWN_CHANNEL',
      message: `There is no channel ${JSON.stringify(channel)}.`,
      action: `Name one of ${CHANNEL_IDS.join(', ')}.`,
      operation: 'pause',
    });
}

function subjectOf({ all, fields, playbook, channel }: Hold): string {
  return [all ? 'all' : null, fields ? 'fields' : null, playbook, channel]
    .filter((part) => part !== null)
    .join(',');
}
