import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { backUp, type Surroundings } from '../../../compose.js';
import { EXIT } from '../exit-codes.js';
import type { Terminal } from '../terminal.js';

/** `backup`: copies of the state and of the service's own file, while the service runs on. */
export async function backupCommand(
  folder: Surroundings,
  terminal: Terminal,
  to: string | null,
): Promise<number> {
  const stamp = new Date().toISOString().replace(/[:.]/g, '-').slice(0, 19);
  const directory = to === null ? join(folder.folder, 'var', 'backups') : resolve(to);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const made = await backUp(folder, (name) => join(directory, `${stamp}-${name}`));
  terminal.json({ files: made });
  for (const file of made) terminal.say(file);
  terminal.say('Keep var/person.key with them: without it nobody in them is recognised again.');
  return EXIT.done;
}
