import { approvalChange } from '../../../service/actions/approve.js';
import { type HeldBack, heldBack } from '../../../service/views/held-back.js';
import { approve, approvedKinds } from '../../../sync/brakes.js';
import { EXIT } from '../exit-codes.js';
import type { Folder } from '../invocation.js';
import { count } from '../numbers.js';
import type { Terminal } from '../terminal.js';

/** `approve`: what the brakes held back; with `--yes` the next run may carry it out. */
export async function approveCommand(folder: Folder, terminal: Terminal, yes: boolean): Promise<number> {
  const approval = await folder.withState(async (state) => {
    const held = await heldBack(state);
    const kinds = [...new Set(held.brakes.map(({ kind }) => kind))];
    if (yes && held.run !== null && kinds.length > 0) {
      await approve(state.notes, kinds);
      await folder.noteChange(approvalChange(held.run, kinds));
    }
    return { ...held, approved: await approvedKinds(state.notes) };
  });
  terminal.json(approval);
  if (!terminal.asJson) sayApproval(terminal, approval);
  return EXIT.done;
}

function sayApproval({ say, colors }: Terminal, { run, brakes, changes, approved }: HeldBack): void {
  if (run === null) {
    say(
      approved.length > 0
        ? `Approved already: ${approved.join(', ')}. \`truenorth sync --apply\` carries it out.`
        : 'Nothing waits for approval: no brake held the latest run. `truenorth plan` shows what the next would do.',
    );
    return;
  }
  say(colors.bold(`Run ${run} was held back`));
  for (const { sentence } of brakes) say(`  ${colors.yellow('•')} ${sentence}`);
  if (changes !== null)
    say(
      `  The plan: ${count(changes.fields)} fields on ${count(changes.records)} records, ${count(changes.enrolments)} enrolments, ${count(changes.tasks)} tasks, ${count(changes.leaves)} people taken out.`,
    );
  const open = brakes.some(({ kind }) => !approved.includes(kind));
  say(
    open
      ? '  `truenorth approve --yes` lets the next run carry this kind of change out, once; `truenorth plan` shows it account by account.'
      : `  Approved for the next run: ${approved.join(', ')}. \`truenorth sync --apply\` carries it out.`,
  );
}
