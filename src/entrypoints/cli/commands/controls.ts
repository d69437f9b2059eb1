import { loadSettings } from '../../../compose.js';
import { CHANNEL_IDS } from '../../../domain/engagement/channel.js';
import type { StateStore } from '../../../ports/state-store.js';
import { holdChange } from '../../../service/actions/controls.js';
import { PAGE } from '../../../sync/context.js';
import {
  type Controls,
  type Hold,
  holdsOf,
  keepControls,
  keepHold,
  readControls,
} from '../../../sync/controls.js';
import { EXIT } from '../exit-codes.js';
import { accountNamed, cannotFind, unknownName } from '../find-account.js';
import type { Folder } from '../invocation.js';
import type { Terminal } from '../terminal.js';

export interface HoldFlags {
  readonly all: boolean;
  readonly fields: boolean;
  readonly playbook?: string;
  readonly channel?: string;
}

/** `pause` and `resume`: what is held back until somebody lets it go on. Scores and tiers are not. */
export async function holdCommand(
  folder: Folder,
  terminal: Terminal,
  { on, flags }: { readonly on: boolean; readonly flags: HoldFlags },
): Promise<number> {
  const hold = holdOf(folder, flags, on ? 'pause' : 'resume');
  const controls = await folder.withState(({ notes }) => keepHold(notes, hold, on));
  await folder.noteChange(holdChange(hold, on));
  terminal.json(shown(controls));
  sayHolds(terminal, controls);
  return EXIT.done;
}

function holdOf(folder: Folder, { all, fields, playbook, channel }: HoldFlags, operation: string): Hold {
  if (!all && !fields && playbook === undefined && channel === undefined)
    throw cannotFind(operation, {
      code: 'NOTHING_NAMED',
      message: `It is not said what to ${operation}.`,
      action: `Name it: \`truenorth ${operation} --playbook ID\`, \`--channel ID\`, \`--all\` for everything that is sent, or \`--fields\` for account fields.`,
    });
  const names = loadSettings(folder.folder).playbooks.map(({ id }) => id);
  if (playbook !== undefined && !names.includes(playbook))
    throw unknownName(operation, { what: 'playbook', asked: playbook, names });
  if (channel !== undefined && !CHANNEL_IDS.some((id) => id === channel))
    throw unknownName(operation, { what: 'channel', asked: channel, names: CHANNEL_IDS });
  return { all, fields, playbook: playbook ?? null, channel: channel ?? null };
}

/** What `pause`, `resume` and `stop --json` end in: a contract, fields are added, never changed. */
function shown({ all, fields, playbooks, channels, stopped }: Controls) {
  return { paused: { all, fields, playbooks, channels }, stopped };
}

function sayHolds({ say }: Terminal, controls: Controls): void {
  const holds = holdsOf(controls);
  say(
    holds.length === 0
      ? 'Nothing is paused.'
      : `Paused: ${holds.join(', ')}. What falls due meanwhile waits as long as its step may be late.`,
  );
  if (controls.stopped.length > 0) say(`Stopped by hand: ${controls.stopped.join(', ')}.`);
}

/** `stop`: ends what runs for an account, or one episode, with the next run; `--undo` takes that back before it. */
export async function stopCommand(
  folder: Folder,
  terminal: Terminal,
  { asked, undo }: { readonly asked: string; readonly undo: boolean },
): Promise<number> {
  const { id, controls } = await folder.withState(async (state) => {
    const before = await readControls(state.notes);
    const { id, account } = await toStop(state, asked, before);
    const others = before.stopped.filter((one) => one !== id);
    if (undo && others.length === before.stopped.length) throw notStopped(id);
    const controls = { ...before, stopped: undo ? others : [...others, id] };
    await keepControls(state.notes, controls);
    // A run of the same day would not look at it again by itself.
    if (account !== null) await state.assessments.markChanged([account]);
    return { id, controls };
  });
  await folder.noteChange({ what: undo ? 'undo stop' : 'stop', subject: id, particulars: {} });
  terminal.json({ ...shown(controls), [undo ? 'released' : 'ends']: id });
  terminal.say(undo ? undone(id) : stopped(id));
  return EXIT.done;
}

function isAccount(id: string): boolean {
  return id.startsWith('001');
}

function stopped(id: string): string {
  const next = 'With the next `truenorth sync --apply`';
  return isAccount(id)
    ? `${next} every playbook that runs for the account ${id} ends, and none goes on there until \`truenorth stop ${id} --undo\`.`
    : `${next} the episode ${id} ends, and its people are taken out of its channels.`;
}

function undone(id: string): string {
  return isAccount(id)
    ? `Playbooks may run for the account ${id} again. What has ended stays ended.`
    : `The episode ${id} goes on, unless a run has ended it already.`;
}

interface Stoppable {
  readonly id: string;
  /** Null = not told by an id that was stopped before. */
  readonly account: string | null;
}

async function toStop(state: StateStore, asked: string, { stopped }: Controls): Promise<Stoppable> {
  if (!/^[0-9a-f]{24}$/.test(asked)) {
    const account = await accountNamed(state, asked, 'stop');
    return { id: account, account };
  }
  for await (const page of state.episodes.list({ playbook: null, running: true }, PAGE)) {
    const found = page.find(({ id }) => id === asked);
    if (found !== undefined) return { id: asked, account: found.account };
  }
  if (stopped.includes(asked)) return { id: asked, account: null };
  throw cannotFind('stop', {
    code: 'EPISODE_NOT_FOUND',
    message: `No episode ${asked} is running.`,
    action:
      'Name an account to stop all that runs for it; `truenorth timeline <account>` shows what ran and what ended.',
  });
}

function notStopped(id: string) {
  return cannotFind('stop', {
    code: 'NOT_STOPPED',
    message: `${id} was not stopped by hand, so there is nothing to take back.`,
    action: 'Leave out --undo to stop it; `truenorth resume` lets go on what was paused.',
  });
}
