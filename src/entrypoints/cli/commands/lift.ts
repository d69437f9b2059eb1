import type { Playbook } from '../../../domain/engagement/playbook.js';
import type { ArmResult } from '../../../domain/program/lift.js';
import type { StateStore } from '../../../ports/state-store.js';
import { lookAtState } from '../../../sync/account-today.js';
import { type MeasuredLift, measureLift } from '../../../sync/measure-lift.js';
import { EXIT } from '../exit-codes.js';
import { unknownName } from '../find-account.js';
import type { Folder } from '../invocation.js';
import { lookAt } from '../look.js';
import { count, percent } from '../numbers.js';
import type { Terminal } from '../terminal.js';

/** What `lift --json` ends in: a contract, fields are added, never changed. `lift` is null where nothing can be measured. */
interface LiftAnswer {
  readonly playbook: string;
  readonly label: string;
  readonly goal: { readonly when: string; readonly withinDays: number } | null;
  /** Share of accounts, 0-1. */
  readonly holdout: number;
  readonly lift: MeasuredLift | null;
  /** What stands in the way, and what to set. */
  readonly advice: readonly string[];
}

/** `lift`: what a playbook changed, by those that were kept out of it. */
export async function liftCommand(folder: Folder, terminal: Terminal, id: string): Promise<number> {
  const answer = await folder.withState((state) => answerFor(folder, state, id));
  terminal.json(answer);
  if (!terminal.asJson) sayLift(terminal, answer);
  return EXIT.done;
}

async function answerFor(folder: Folder, state: StateStore, id: string): Promise<LiftAnswer> {
  const { connected, ...tools } = lookAt(folder, state);
  const { settings } = tools;
  const playbook = settings.playbooks.find((one) => one.id === id);
  const names = settings.playbooks.map((one) => one.id);
  if (playbook === undefined) throw unknownName('measure lift', { what: 'playbook', asked: id, names });
  const { run } = await lookAtState(tools, connected);
  const { goal, holdout, label } = playbook;
  const lift = goal === null ? null : await measureLift(state, playbook, run.today);
  return {
    playbook: id,
    label,
    goal: goal === null ? null : { when: goal.when.source, withinDays: goal.withinDays },
    holdout,
    lift,
    advice: adviceFor(playbook, lift),
  };
}

function adviceFor({ id, goal, holdout }: Playbook, lift: MeasuredLift | null): readonly string[] {
  const file = `config/playbooks/${id}.yaml`;
  return [
    ...(goal === null
      ? [
          `The playbook has no goal, so there is nothing to measure: set goal: { when: …, withinDays: … } in ${file}.`,
        ]
      : []),
    ...(holdout === 0
      ? [
          `Nobody is held out, so there is nobody to compare with: set holdout: 10 % in ${file}, for playbooks that nobody is owed.`,
        ]
      : []),
    ...(lift !== null && holdout > 0 && lift.difference === null ? [lackingIn(lift)] : []),
  ];
}

function lackingIn({ floor, lacking, stillOpen }: MeasuredLift): string {
  const arms = [
    lacking.treated > 0 ? `${count(lacking.treated)} more treated accounts` : null,
    lacking.heldOut > 0 ? `${count(lacking.heldOut)} more held-out accounts` : null,
  ].filter((arm) => arm !== null);
  const open = stillOpen.treated + stillOpen.heldOut;
  return `Too little data: it takes ${floor} accounts with a finished goal window on each side, so ${arms.join(' and ')}; ${count(open)} are still inside their window.`;
}

function sayLift(
  { say, colors }: Terminal,
  { playbook, label, goal, holdout, lift, advice }: LiftAnswer,
): void {
  say(colors.bold(`${label} (${playbook})`));
  if (goal !== null) say(`  Goal       ${goal.when}, within ${goal.withinDays} days`);
  say(`  Hold-out   ${holdout === 0 ? 'none' : `${percent(holdout)} of the accounts`}`);
  if (lift !== null && (holdout > 0 || lift.heldOut.n > 0)) {
    say(`  Treated    ${armInWords(lift.treated)}`);
    say(`  Held out   ${armInWords(lift.heldOut)}`);
    say(`  Difference ${differenceInWords(lift)}`);
  }
  for (const sentence of advice) say(`  ${colors.yellow('•')} ${sentence}`);
}

function armInWords({ n, reached, rate, exposedElsewhere }: ArmResult): string {
  if (rate === null) return 'no account yet';
  const share = `${count(reached)} of ${count(n)} accounts reached the goal, ${percent(rate)}`;
  return `${share}; ${count(exposedElsewhere)} of them met another playbook meanwhile`;
}

function differenceInWords({ difference, verdict }: MeasuredLift): string {
  if (difference === null) return verdict;
  const points = (share: number): string => `${share > 0 ? '+' : ''}${(share * 100).toFixed(1)}`;
  const { value, low, high } = difference;
  return `${points(value)} points (95 % interval ${points(low)} to ${points(high)}): ${verdict}`;
}
