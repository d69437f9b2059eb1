import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { marketingProperties } from '../../../install/marketing-properties.js';
import { orgModel } from '../../../install/model/index.js';
import type { FileProblem, InstallDifference, PartDifference } from '../../../ports/crm-installer.js';
import { IntegrationError } from '../../../ports/errors.js';
import type { OrgModel } from '../../../ports/org-model.js';
import { forgetRecords } from '../../../sync/records/forget.js';
import type { Session } from '../../connection/session.js';
import { EXIT } from '../exit-codes.js';
import type { Terminal } from '../terminal.js';
import { countedByType, partName } from './part-names.js';

export interface InstallFlags {
  readonly apply: boolean;
  /** Folder for an SFDX source tree instead of a direct deploy. */
  readonly out: string | null;
  /** User name under whose rights dashboards run; null = the user that we log in as. */
  readonly runningUser: string | null;
}

/** `install`: shows what the org lacks; with `--apply` creates it, with `--out` writes it as an SFDX folder. */
export async function installCommand(
  session: Session,
  terminal: Terminal,
  flags: InstallFlags,
): Promise<number> {
  if (flags.apply && flags.out !== null)
    throw misused(
      'INSTALL_TWICE',
      'Give --apply or --out, not both.',
      '`--apply` changes the org, `--out` writes a folder.',
    );
  const { settings } = session.tools;
  const hubspot = session.tools.marketing.find(({ id }) => id === 'hubspot');
  const runningUser = await runningUserOf(session, flags.runningUser);
  const model = orgModel(settings.crm, { runningUser });
  if (flags.out !== null) return writeFolder(session, terminal, { out: flags.out, model });
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
  if (applied && makesObjects(difference)) await forgetRecords(session.tools.state);
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

/** Dashboards can only run as somebody who is there. */
async function runningUserOf({ installer }: Session, asked: string | null): Promise<string> {
  if (asked === null) return installer.username();
  if (await installer.isActiveUser(asked)) return asked;
  throw misused(
    'NO_SUCH_USER',
    `There is no active user ${asked}.`,
    'Give `--running-user` the username of an active user, as Setup > Users shows it.',
  );
}

function misused(code: string, message: string, action: string): IntegrationError {
  return new IntegrationError({
    kind: 'Config',
    code,
    message,
    actions: [action],
    retryable: false,
    provider: 'salesforce',
    operation: 'install',
  });
}

/** Objects of ours that are new hold no record of ours. */
function makesObjects({ parts }: InstallDifference): boolean {
  return parts.some(({ type, action }) => type === 'CustomObject' && action === 'create');
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

interface FolderWish {
  readonly out: string;
  readonly model: OrgModel;
}

/** Writes beside the folder first, and checks what stands there: a folder that is wrong is not left behind. */
async function writeFolder(
  session: Session,
  terminal: Terminal,
  { out, model }: FolderWish,
): Promise<number> {
  const files = await session.installer.source(model);
  const draft = `${out}.unchecked`;
  try {
    for (const [path, text] of files) write(join(draft, path), text);
    const written = new Map([...files.keys()].map((path) => [path, readFileSync(join(draft, path), 'utf8')]));
    const problems = await session.installer.check(model, written);
    if (problems.length > 0) return sayProblems(terminal, problems);
    cpSync(draft, out, { recursive: true });
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  terminal.json({ folder: out, files: [...files.keys()], problems: [] });
  terminal.say(
    `${files.size} files written to ${out} and checked. Deploy them with \`sf project deploy start\` from that folder.`,
  );
  return EXIT.done;
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function sayProblems(terminal: Terminal, problems: readonly FileProblem[]): number {
  terminal.json({ folder: null, files: [], problems });
  terminal.say(terminal.colors.red('Nothing was written: Salesforce would refuse these files.'));
  for (const { file, line, sentence } of problems) terminal.say(`  ! ${file}:${line} ${sentence}`);
  return EXIT.usage;
}
