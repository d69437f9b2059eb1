import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** A setting that two folders hold differently: its file, its path in it (`bands.risk`), and its value as JSON. */
export interface SettingDifference {
  readonly file: string;
  /** Empty for a file that only one of them has. */
  readonly path: string;
  /** Null where it is absent. */
  readonly here: string | null;
  readonly there: string | null;
}

/** Settings in `config/` and `mappings/` that differ between two folders; comments and order of keys don't count. */
export function folderDifference(here: string, there: string): readonly SettingDifference[] {
  const files = [...new Set([...settingFiles(here), ...settingFiles(there)])].sort();
  return files.flatMap((file) => fileDifference(file, join(here, file), join(there, file)));
}

function settingFiles(folder: string): readonly string[] {
  return ['config', 'mappings'].flatMap((room) => {
    const root = join(folder, room);
    if (!existsSync(root)) return [];
    return readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.ya?ml$/.test(name))
      .map((name) => `${room}/${name.replaceAll('\\', '/')}`);
  });
}

const THERE = 'a file';

function fileDifference(file: string, here: string, there: string): readonly SettingDifference[] {
  const [has, had] = [existsSync(here), existsSync(there)];
  if (!has || !had) return [{ file, path: '', here: has ? THERE : null, there: had ? THERE : null }];
  const [ours, theirs] = [settingsIn(here), settingsIn(there)];
  return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((path) => {
    const [a, b] = [ours.get(path) ?? null, theirs.get(path) ?? null];
    return a === b ? [] : [{ file, path, here: a, there: b }];
  });
}

function settingsIn(file: string): ReadonlyMap<string, string> {
  return new Map(flat(parse(readFileSync(file, 'utf8')), ''));
}

function flat(value: unknown, path: string): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null) return [[path, JSON.stringify(value ?? null)]];
  return Object.entries(value).flatMap(([key, inner]) => flat(inner, path === '' ? key : `${path}.${key}`));
}
