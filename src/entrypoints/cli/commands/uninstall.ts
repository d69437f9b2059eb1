import { orgModel } from '../../../install/model/index.js';
import type { Removal } from '../../../ports/crm-installer.js';
import { forgetRecords } from '../../../sync/records/forget.js';
import type { Session } from '../../connection/session.js';
import { EXIT } from '../exit-codes.js';
import type { Terminal } from '../terminal.js';
import { countedByType } from './part-names.js';

export interface UninstallFlags {
  readonly apply: boolean;
  /** Said by who knows that the records are lost. */
  readonly yes: boolean;
}

/** `uninstall`: shows what of ours the org holds and what would go with it; `--apply --yes` takes it out. */
export async function uninstallCommand(
  session: Session,
  terminal: Terminal,
  { apply, yes }: UninstallFlags,
): Promise<number> {
  const model = orgModel(session.tools.settings.crm, { runningUser: null });
  const goes = apply && yes;
  const removal = goes ? await session.installer.remove(model) : await session.installer.removal(model);
  if (goes) {
    await session.tools.state.notes.remove('cursor:account');
    await forgetRecords(session.tools.state);
  }
  terminal.json({ applied: goes, ...removal });
  sayRemoval(terminal, removal, goes);
  if (!apply || goes || removal.parts.length === 0) return EXIT.done;
  terminal.say(
    terminal.colors.red('Nothing was removed. Say that you mean it: `truenorth uninstall --apply --yes`.'),
  );
  return EXIT.usage;
}

function sayRemoval({ say, colors }: Terminal, removal: Removal, gone: boolean): void {
  const { parts, records, ofPeople, ofOthers } = removal;
  if (parts.length === 0) {
    say('Nothing of Truenorth is installed here.');
    return;
  }
  say(colors.bold(gone ? 'Removed' : 'To remove, in this order (nothing was changed)'));
  for (const line of countedByType(parts)) say(`  - ${line}`);
  for (const { object, count } of records)
    say(`  - ${count} ${count === 1 ? 'record' : 'records'} of ${object}`);
  if (ofPeople.length > 0)
    say(
      colors.red(
        `  ! ${ofPeople.join(' and ')} hold what people wrote: export them first, they can’t be made again.`,
      ),
    );
  if (ofOthers.length > 0)
    say(colors.red(`  ! Fields that somebody added to our objects go along: ${ofOthers.join(', ')}.`));
}
