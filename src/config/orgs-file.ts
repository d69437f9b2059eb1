import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { normalise } from './normalised/normalise.js';
import { ConfigError } from './problems.js';
import { readYaml } from './written/yaml-file.js';

/** One of several orgs that a service serves side by side. */
export interface OrgEntry {
  readonly name: string;
  /** Absolute path of the folder with its config/, mappings/ and var/. */
  readonly folder: string;
  /** Absolute path of its env file; null = the process environment. */
  readonly envFile: string | null;
}

const written = z.strictObject({
  orgs: z
    .array(
      z.strictObject({
        name: z
          .string()
          .regex(/^[a-z][a-z0-9-]{0,30}$/, 'must be 1-31 of a-z, 0-9 and -, beginning with a letter')
          .meta({ description: 'Name in paths of the API, in database schemas and in Redis keys.' }),
        dir: z.string().min(1).meta({ description: 'Folder with config/, mappings/ and var/.' }),
        envFile: z.string().min(1).nullable().default(null).meta({
          description: 'Its TRUENORTH_… variables; each org has its own credentials.',
        }),
      }),
    )
    .min(1),
});

/** Reads the list of orgs; paths are relative to the file. Throws `ConfigError` with every problem. */
export function orgsIn(path: string, text: string): readonly OrgEntry[] {
  const { file, problems } = readYaml(path, text);
  const { result, problems: more } = normalise(file, written);
  const all = [...problems, ...more];
  if (result === null || all.length > 0) throw new ConfigError(all);
  const { orgs } = result.value;
  const twice = orgs.find(({ name }, index) => orgs.findIndex((other) => other.name === name) < index);
  const shared = orgs.find(({ dir }, index) => orgs.findIndex((other) => other.dir === dir) < index);
  const message =
    twice === undefined
      ? shared && `the folder ${shared.dir} is named twice; each org has its own state`
      : `the org ${twice.name} is named twice`;
  if (message) throw new ConfigError([{ file: path, line: null, column: null, message }]);
  const from = dirname(resolve(path));
  return orgs.map(({ name, dir, envFile }) => ({
    name,
    folder: resolve(from, dir),
    envFile: envFile === null ? null : resolve(from, envFile),
  }));
}
