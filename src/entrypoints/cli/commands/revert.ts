import { shown } from '../../../sync/quarrels.js';
import { type Reverted, revertRun } from '../../../sync/revert.js';
import type { Session } from '../../connection/session.js';
import { EXIT } from '../exit-codes.js';
import { count, counted } from '../numbers.js';
import type { Terminal } from '../terminal.js';

export interface RevertFlags {
  readonly run: string;
  readonly apply: boolean;
  readonly hold: boolean;
}

/** `revert`: puts account fields back that a run changed; without `--apply` it shows what it would do. */
export async function revertCommand(
  session: Session,
  terminal: Terminal,
  flags: RevertFlags,
): Promise<number> {
  const reverted = await revertRun(session.tools, {
    ...flags,
    ownId: session.newRunId(),
    holder: session.holder,
    holderIsGone: session.holderIsGone,
    realNow: session.realNow,
  });
  terminal.json(reverted);
  if (!terminal.asJson) sayReverted(terminal, reverted);
  return reverted.refused.length > 0 ? EXIT.rejected : EXIT.done;
}

const SHOWN = 5;

function sayReverted({ say, colors }: Terminal, reverted: Reverted): void {
  const { run, revert, records, fields, left, leftCount, refused, stands, fieldsPaused } = reverted;
  const what = `${count(fields)} fields of ${count(records)} accounts`;
  say(
    colors.bold(
      revert === null
        ? `${what} would be put back to what they held before run ${run}`
        : `${what} hold again what they held before run ${run} (this was run ${revert})`,
    ),
  );
  if (leftCount > 0) say(`  Left alone   ${count(leftCount)} fields that hold something else by now`);
  for (const { record, field, wrote, holds } of left.slice(0, SHOWN))
    say(
      colors.dim(
        `               ${field} on ${record}: the run wrote ${shown(wrote)}, it holds ${shown(holds)}`,
      ),
    );
  for (const { record, code, message } of refused.slice(0, SHOWN))
    say(colors.red(`  Refused      ${record}: ${code} ${message}`));
  if (stands.enrolments + stands.tasks > 0)
    say(
      `  Stands       ${counted(stands.enrolments, 'enrolment', 'enrolments')} and ${counted(stands.tasks, 'task', 'tasks')} of that run: mails can’t be unsent. \`truenorth stop ACCOUNT\` ends what still runs.`,
    );
  if (revert === null) say('Nothing was written; `--apply` does it.');
  say(
    fieldsPaused
      ? 'Account fields are paused: no run writes them before `truenorth resume --fields`.'
      : 'The next `truenorth sync --apply` writes what the settings ask for again. To keep it from that, mend the settings first, or hold the fields: `truenorth pause --fields` (or `--hold` here).',
  );
}
