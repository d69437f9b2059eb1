import { checkFileSet } from './checked/check.js';
import { gatherFindings } from './checked/findings.js';
import { readFileSet } from './file-set.js';
import { ConfigError } from './problems.js';
import type { Resolved } from './resolved.js';
import { filesIn, overlaid, type TextFiles } from './text-files.js';

/**
 * Written -> normalised -> checked -> resolved. Pure over the texts.
 * Throws one `ConfigError` that names every problem of every file.
 */
export function resolveConfig(files: TextFiles): Resolved {
  const findings = gatherFindings();
  const checked = checkFileSet(readFileSet(files, findings), findings);
  if (checked === null || findings.problems.length > 0) throw new ConfigError(findings.problems);
  return { ...checked, notes: findings.notes };
}

/**
 * The configuration of a folder with other files in the place of its own: those of `other`, or of its config/. What
 * is not there stays as it is; mappings/ always do. Throws `ConfigError`.
 */
export function loadConfigWith(directory: string, other: string): Resolved {
  return resolveConfig(overlaid(filesIn(directory), filesIn(other)));
}

/** Loads `config/` and `mappings/` of a folder. Throws `ConfigError`. */
export function loadConfig(directory: string): Resolved {
  return resolveConfig(filesIn(directory));
}
