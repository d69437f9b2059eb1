import { folderDifference, type SettingDifference } from '../../../config/folder-difference.js';
import {
  type InstallationDifference,
  installationDifference,
} from '../../../install/installation-difference.js';
import { orgModel } from '../../../install/model/index.js';
import type { InstalledPart } from '../../../ports/crm-installer.js';
import type { Session } from '../../connection/session.js';
import { EXIT } from '../exit-codes.js';
import type { Terminal } from '../terminal.js';
import { countedByType, partName } from './part-names.js';

/** One side of a comparison: a folder, and the connection to its org. */
export interface Side {
  readonly folder: string;
  readonly session: Session;
}

/** `compare`: what of ours two orgs hold, and which settings of two folders differ. Changes nothing. */
export async function compareCommand(here: Side, there: Side, terminal: Terminal): Promise<number> {
  const installation = installationDifference(await installedIn(here), await installedIn(there));
  const settings = folderDifference(here.folder, there.folder);
  terminal.json({ installation, settings });
  sayInstallation(terminal, installation);
  saySettings(terminal, settings);
  return EXIT.done;
}

function installedIn({ session }: Side): Promise<readonly InstalledPart[]> {
  return session.installer.installed(orgModel(session.tools.settings.crm, { runningUser: null }));
}

function sayInstallation({ say, colors }: Terminal, found: InstallationDifference): void {
  const { onlyHere, onlyThere, differing } = found;
  if (onlyHere.length + onlyThere.length + differing.length === 0) {
    say('Both orgs hold the same of Truenorth.');
    return;
  }
  say(colors.bold('In the orgs'));
  for (const line of countedByType(onlyHere)) say(`  only here:  ${line}`);
  for (const line of countedByType(onlyThere)) say(`  only there: ${line}`);
  for (const part of differing) {
    say(`  ~ ${partName(part)}`);
    for (const line of part.here) say(`      here:  ${oneLine(line)}`);
    for (const line of part.there) say(`      there: ${oneLine(line)}`);
  }
}

function saySettings({ say, colors }: Terminal, settings: readonly SettingDifference[]): void {
  if (settings.length === 0) {
    say('Both folders hold the same settings.');
    return;
  }
  say(colors.bold('In the folders'));
  for (const { file, path, here, there } of settings)
    say(`  ~ ${file} ${path}: here ${here ?? 'absent'}, there ${there ?? 'absent'}`);
}

const WIDEST = 120;

function oneLine(text: string): string {
  const [first = ''] = text.split('\n');
  return first.length > WIDEST ? `${first.slice(0, WIDEST)} …` : first;
}
