import { type Trial, type TriedReason, type TriedStep, tryPlaybook } from '../../../sync/try-playbook.js';
import type { Session } from '../../connection/session.js';
import { EXIT } from '../exit-codes.js';
import { unknownName } from '../find-account.js';
import { count, counted } from '../numbers.js';
import type { Terminal } from '../terminal.js';

/** `playbooks try`: who would be enrolled now if what holds today counted as an edge; writes nothing. */
export async function tryCommand({ tools }: Session, terminal: Terminal, id: string): Promise<number> {
  const trial = await tryPlaybook(tools, id);
  const names = tools.settings.playbooks.map((playbook) => playbook.id);
  if (trial === null) throw unknownName('try a playbook', { what: 'playbook', asked: id, names });
  terminal.json(trial);
  if (!terminal.asJson) sayTrial(terminal, trial);
  return EXIT.done;
}

function sayTrial(terminal: Terminal, trial: Trial): void {
  const { say, colors } = terminal;
  const { label, playbook, accounts, enrolments, tasks, examples, forecast } = trial;
  say(colors.bold(`${label} (${playbook}), as if what holds today had just begun; nothing was written`));
  say(
    `  Accounts   ${count(accounts.read)} looked at, ${count(accounts.begin)} would begin, ${count(accounts.heldOut)} of them held out`,
  );
  if (accounts.waiting > 0)
    say(`             ${count(accounts.waiting)} would wait for the condition of a step`);
  say(`  Today      ${counted(enrolments, 'enrolment', 'enrolments')}, ${counted(tasks, 'task', 'tasks')}`);
  sayReasons(terminal, 'Refused', trial.refused);
  sayReasons(terminal, 'Put off', trial.deferred);
  const calls = Object.entries(forecast.calls).map(([channel, n]) => `${channel} ${count(n)}`);
  say(
    `  In all     ${counted(forecast.sends, 'touch', 'touches')} and ${counted(forecast.tasks, 'task', 'tasks')} to the end of the playbook${calls.length === 0 ? '' : `; calls today: ${calls.join(', ')}`}`,
  );
  if (examples.length > 0) {
    say();
    say(colors.bold('For example'));
    for (const example of examples) say(`  ${placeOf(example)}`);
  }
  for (const note of trial.notes) say(colors.dim(`  note: ${note}`));
}

function placeOf({ account, contact, step, channel }: TriedStep): string {
  return `${account}  ${(contact ?? 'the account').padEnd(18)}  ${step} by ${channel}`;
}

function sayReasons({ say, colors }: Terminal, title: string, reasons: readonly TriedReason[]): void {
  for (const [index, { code, count: n, evidence, example }] of reasons.entries()) {
    say(`  ${(index === 0 ? title : '').padEnd(10)} ${count(n)} × ${code}: ${evidence}`);
    say(colors.dim(`             for example ${placeOf(example)}`));
  }
}
