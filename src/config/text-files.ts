import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Where configuration texts come from: a folder on disk, or texts in hand. Paths use `/`. */
export interface TextFiles {
  /** Null when there is no such file. */
  readonly read: (path: string) => string | null;
  /** File names in a folder, sorted; empty when there is no such folder. */
  readonly list: (folder: string) => readonly string[];
}

function orNothing<T>(look: () => T): T | null {
  try {
    return look();
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
}

function isAbsence(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** The folder that holds config/ and mappings/. */
export function filesIn(directory: string): TextFiles {
  return {
    read: (path) => orNothing(() => readFileSync(join(directory, path), 'utf8')),
    list: (folder) => orNothing(() => readdirSync(join(directory, folder)).sort()) ?? [],
  };
}

/** Texts by path, as if they lay in a folder. */
export function filesOf(texts: Readonly<Record<string, string>>): TextFiles {
  return {
    read: (path) => texts[path] ?? null,
    list: (folder) =>
      Object.keys(texts)
        .filter((path) => path.startsWith(`${folder}/`) && !path.slice(folder.length + 1).includes('/'))
        .map((path) => path.slice(folder.length + 1))
        .sort(),
  };
}

const CONFIG = 'config/';

/** The first files with the config/ of the others in the place of theirs, file by file; the playbooks all or none. */
export function overlaid(own: TextFiles, other: TextFiles): TextFiles {
  const inside = other.list('config').length > 0;
  const there = (path: string): string => (inside ? path : path.slice(CONFIG.length));
  const isPlaybook = (path: string): boolean => path.startsWith(`${CONFIG}playbooks`);
  const theirPlaybooks = other.list(there(`${CONFIG}playbooks`)).length > 0;
  return {
    read: (path) => {
      if (!path.startsWith(CONFIG)) return own.read(path);
      if (isPlaybook(path)) return theirPlaybooks ? other.read(there(path)) : own.read(path);
      return other.read(there(path)) ?? own.read(path);
    },
    list: (folder) => {
      if (isPlaybook(folder)) return theirPlaybooks ? other.list(there(folder)) : own.list(folder);
      return own.list(folder);
    },
  };
}

/** Names, sizes and times of all files of config/ and mappings/: another text means that one of them changed. */
export function fingerprintOf(directory: string): string {
  const names = ['config', 'mappings'].flatMap((folder) =>
    (orNothing(() => readdirSync(join(directory, folder), { recursive: true })) ?? [])
      .map((name) => join(folder, String(name)))
      .sort(),
  );
  return names
    .map((name) => {
      const found = orNothing(() => statSync(join(directory, name)));
      return found?.isFile() ? `${name} ${found.size} ${found.mtimeMs}` : name;
    })
    .join('\n');
}
