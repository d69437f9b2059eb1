import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { marketingProperties } from '../../../install/marketing-properties.js';
import { orgModel } from '../../../install/model/index.js';
import type { InstallDifference, PartDifference } from '../../../ports/crm-installer.js';
import { EXIT } from '../exit-codes.js';
import type { Session } from '../session.js';
import type { Terminal } from '../terminal.js';
import { countedByType, partName } from './part-names.js';

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
  const model = orgModel(settings.crm);
  if (flags.out !== null) return writeFolder(session, terminal, flags.out);
  const properties =
    hubspot === undefined || settings.marketing === null
      ? []
      : await hubspot.missingProperties(marketingProperties(settings.marketing));
  const difference = flags.apply
    ? await session.installer.apply(model)
    : await session.installer.difference(model);
  const refused = difference.conflicts.length > 0;
  const applied = flags.apply && !refused;
  // Fields that were not there a moment ago hold nothing, whatever was remembered of them.
  if (applied && newFields(difference).length > 0) await session.tools.state.notes.remove('cursor:account');
  if (applied && properties.length > 0) await hubspot?.createProperties(properties);
  const created = properties.map(({ object, name }) => `${object}.${name}`);
  terminal.json({
    applied,
    salesforce: summaryOf(difference),
    hubspot: { propertiesToCreate: created },
  });
  sayDifference(terminal, difference, { applied, properties: created });
  return refused ? EXIT.usage : EXIT.done;
}

function newFields({ parts }: InstallDifference): readonly string[] {
  return parts
    .filter(({ type, action }) => type === 'CustomField' && action === 'create')
    .map(({ name }) => name);
}

/** For scripts: every part by its action, and the fields to create once more by name. */
function summaryOf(difference: InstallDifference): unknown {
  const { parts, obsolete, assignment, conflicts } = difference;
  const named = (action: PartDifference['action']) => parts.filter((part) => part.action === action);
  return {
    create: named('create').map(({ type, name }) => ({ type, name })),
    change: named('change').map(({ type, name, changes }) => ({ type, name, changes })),
    unchanged: named('unchanged').length,
    obsolete,
    assignment,
    conflicts,
    fieldsToCreate: newFields(difference),
  };
}

function sayDifference(
  terminal: Terminal,
  difference: InstallDifference,
  also: { readonly applied: boolean; readonly properties: readonly string[] },
): void {
  const { say, colors } = terminal;
  const { parts, obsolete, assignment, conflicts } = difference;
  const changed = parts.filter(({ action }) => action === 'change');
  const created = parts.filter(({ action }) => action === 'create');
  for (const conflict of conflicts) say(colors.red(`  ! ${conflict}`));
  for (const part of obsolete) say(`  · ${partName(part)} was installed once and is not needed any more.`);
  if (created.length + changed.length + also.properties.length === 0 && assignment === 'unchanged') {
    if (conflicts.length === 0) say('Everything is installed; nothing to change.');
    return;
  }
  const preview = 'To install (nothing was changed; `truenorth install --apply` does)';
  say(colors.bold(also.applied ? 'Installed' : preview));
  for (const line of countedByType(created)) say(`  + ${line}`);
  for (const part of changed) say(`  ~ ${partName(part)}: ${part.changes.join(', ')}`);
  if (assignment !== 'unchanged') say('  + Permission set assigned to the integration user');
  for (const property of also.properties) say(`  + HubSpot property ${property}`);
}

function writeFolder(session: Session, terminal: Terminal, out: string): number {
  const files = session.sfdxFolder(orgModel(session.tools.settings.crm));
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
