import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStateFile } from '../../compose.js';
import type { TraceCounts } from '../../ports/keeping-store.js';
import type { Log } from '../../ports/log.js';
import type { FoundPerson } from '../../service/forget/find-person.js';
import type { PersonalFiles } from '../../service/forget/forget-person.js';

/** Logs below var/log, back-ups below var/backups, proofs below var/proofs. */
export function personalFiles(folder: string, log: Log): PersonalFiles {
  return {
    search: async (who, apply) => ({
      ...searchLogs(join(folder, 'var', 'log'), who, apply),
      ...(await searchBackups(join(folder, 'var', 'backups'), who, { apply, log })),
    }),
    keepProof: async (name, proof) => {
      const at = join(folder, 'var', 'proofs');
      mkdirSync(at, { recursive: true, mode: 0o700 });
      writeFileSync(join(at, name), `${JSON.stringify(proof, null, 2)}\n`, { mode: 0o600 });
      return join('var', 'proofs', name);
    },
  };
}

function filesIn(directory: string, ending: string): readonly string[] {
  try {
    return readdirSync(directory).filter((name) => name.endsWith(ending));
  } catch {
    return [];
  }
}

/** Line by line what mentions them is left out; a log is at most some megabytes. */
function searchLogs(directory: string, { words }: FoundPerson, apply: boolean): TraceCounts {
  const needles = [...words.keys()].map((word) => word.toLowerCase());
  const counts: Record<string, number> = {};
  for (const name of filesIn(directory, '.log')) {
    const path = join(directory, name);
    const lines = readFileSync(path, 'utf8').split('\n');
    const kept = lines.filter((line) => !needles.some((needle) => line.toLowerCase().includes(needle)));
    const found = lines.length - kept.length;
    if (found === 0) continue;
    counts[`log ${name}`] = found;
    // In place: a process that writes on holds this very file.
    if (apply) writeFileSync(path, kept.join('\n'), { mode: statSync(path).mode });
  }
  return counts;
}

/** A back-up is a state like any other, and is opened as one. */
async function searchBackups(
  directory: string,
  who: FoundPerson,
  { apply, log }: { readonly apply: boolean; readonly log: Log },
): Promise<TraceCounts> {
  const counts: Record<string, number> = {};
  for (const name of filesIn(directory, 'truenorth.db')) {
    const state = await openStateFile(join(directory, name), log);
    try {
      const found = Object.values(await state.keeping.traces(who)).reduce((sum, count) => sum + count, 0);
      if (found > 0) counts[`back-up ${name}`] = found;
      if (apply) await state.keeping.forget(who);
      if (apply) await state.keeping.compact();
    } finally {
      await state.close();
    }
  }
  return counts;
}
