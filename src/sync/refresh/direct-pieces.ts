import { IntegrationError } from '../../ports/errors.js';
import type { PieceToDo } from '../../ports/piece-store.js';
import { NO_CALLS, type Pieces, type Run, type StageName } from '../context.js';
import { NO_BOOKMARK } from '../pieces/bookmark.js';
import { worstOf } from '../pieces/outcome.js';
import { PIECES } from '../pieces/table.js';

/** The pieces of a run that is over in a moment: done one after the other, and not written down. */
export function directPieces(run: () => Run): Pieces {
  const all = async <T>(stage: StageName, plan: () => Promise<readonly PieceToDo[]>) => {
    const values: unknown[] = [];
    const errors: unknown[] = [];
    for (const { task } of await plan()) {
      try {
        values.push(await PIECES[stage].work(run(), { task, again: false, bookmark: NO_BOOKMARK }));
      } catch (error) {
        if (!PIECES[stage].goOn || !(error instanceof IntegrationError)) throw error;
        errors.push(error);
      }
    }
    if (errors.length > 0) throw worstOf(errors);
    return values as readonly T[];
  };
  return {
    all,
    one: async <T>(stage: StageName, task: unknown) => {
      const [value] = await all<T>(stage, async () => [{ piece: 'all', task }]);
      return value as T;
    },
    callsElsewhere: async () => NO_CALLS,
  };
}
