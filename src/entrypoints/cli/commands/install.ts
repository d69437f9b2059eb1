import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { installPlan } from '../../../install/install-plan.js';
import { marketingProperties } from '../../../install/marketing-properties.js';
import type { InstallDifference } from '../../../ports/crm.js';
import { EXIT } from '../exit-codes.js';
import type { Session } from '../session.js';
import type { Terminal } from '../terminal.js';

export interface InstallFlags {
  readonly apply: boolean;
  /** Folder for an SFDX source tree instead of a direct deploy. */
  readonly out: string | null;
}

/** `install`: shows what the org lacks; with `--apply` creates it, with `--out` writes it as an SFDX folder. */
export async function installCommand(
  session: Session,
  terminal: Terminal,
  flags: InstallFlags,
): Promise<number> {
  const { settings } = session.tools;
  const hubspot = session.tools.marketing.find(({ id }) => id === 'hubspot');
  const plan = installPlan(settings.crm);
  if (flags.out !== null) return writeFolder(session, terminal, flags.out);
  const properties =
    hubspot === undefined || settings.marketing === null
      ? []
      : await hubspot.missingProperties(marketingProperties(settings.marketing));
  const difference = flags.apply
    ? await session.installer.apply(plan)
    : await session.installer.difference(plan);
  // Fields that were not there a moment ago hold nothing, whatever was remembered of them.
  if (flags.apply && difference.fieldsToCreate.length > 0)
    await session.tools.state.notes.remove('cursor:account');
  if (flags.apply && properties.length > 0) await hubspot?.createProperties(properties);
  const created = properties.map(({ object, name }) => `${object}.${name}`);
  terminal.json({ applied: flags.apply, salesforce: difference, hubspot: { propertiesToCreate: created } });
  sayDifference(terminal, difference, { applied: flags.apply, properties: created });
  return difference.conflicts.length > 0 ? EXIT.usage : EXIT.done;
}

function sayDifference(
  terminal: Terminal,
  difference: InstallDifference,
  also: { readonly applied: boolean; readonly properties: readonly string[] },
): void {
  const { say, colors } = terminal;
  const { fieldsToCreate, permissionSet, assignment, conflicts } = difference;
  const nothing =
    fieldsToCreate.length + also.properties.length === 0 &&
    permissionSet === 'unchanged' &&
    assignment === 'unchanged';
  for (const conflict of conflicts) say(colors.red(`  ! ${conflict}`));
  if (nothing) {
    say('Everything is installed; nothing to change.');
    return;
  }
  say(
    colors.bold(
      also.applied ? 'Installed' : 'To install (nothing was changed; `truenorth install --apply` does)',
    ),
  );
  for (const field of fieldsToCreate) say(`  + Salesforce field ${field}`);
  if (permissionSet !== 'unchanged')
    say(`  + Salesforce permission set ${permissionSet === 'create' ? 'created' : 'updated'}`);
  if (assignment !== 'unchanged') say('  + Permission set assigned to the integration user');
  for (const property of also.properties) say(`  + HubSpot property ${property}`);
}

function writeFolder(session: Session, terminal: Terminal, out: string): number {
  const files = session.sfdxFolder(installPlan(session.tools.settings.crm));
  for (const [path, text] of files) {
    const file = join(out, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  terminal.json({ folder: out, files: [...files.keys()] });
  terminal.say(
    `${files.size} files written to ${out}. Deploy them with \`sf project deploy start\` from that folder.`,
  );
  return EXIT.done;
}
