import type { Playbook } from '../../../domain/engagement/playbook.js';
import { normalise } from '../../normalised/normalise.js';
import { writtenPlaybook } from '../../normalised/playbook.js';
import type { WrittenFile } from '../../written/yaml-file.js';
import { contentHash } from '../content-hash.js';
import { gatherFindings } from '../findings.js';
import type { PlaybookScope } from './desk.js';
import { checkPlaybook } from './playbook.js';

/** A playbook that lies in no folder: nobody is told where a problem stands. */
function looseFile(id: string, value: unknown): WrittenFile {
  const problem = (message: string) => ({ file: id, line: null, column: null, message });
  return {
    path: id,
    value,
    problemAt: (_path, message) => problem(message),
    problemAtKey: (_path, message) => problem(message),
  };
}

/**
 * The playbook of an earlier `source`, so that a running episode stays with what it began on: same
 * source, same version. Null when it no longer checks against today's facts, tiers and pools.
 */
export function revivePlaybook(id: string, source: unknown, scope: PlaybookScope): Playbook | null {
  const findings = gatherFindings();
  const { result, problems } = normalise(looseFile(id, source), writtenPlaybook);
  if (result === null || problems.length > 0) return null;
  const { playbook } = checkPlaybook({ id, read: result }, scope, findings);
  if (findings.problems.length > 0) return null;
  return { ...playbook, source, version: contentHash({ id, source }) };
}
