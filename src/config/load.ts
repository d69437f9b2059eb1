import { checkFileSet } from './checked/check.js';
import { gatherFindings } from './checked/findings.js';
import { readFileSet } from './file-set.js';
import { ConfigError } from './problems.js';
import type { Resolved } from './resolved.js';
import { filesIn, type TextFiles } from './text-files.js';

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

/** Loads `config/` and `mappings/` of a folder. Throws `ConfigError`. */
export function loadConfig(directory: string): Resolved {
  return resolveConfig(filesIn(directory));
}
