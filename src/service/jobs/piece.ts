import type { JobHandler } from '../../ports/job-queue.js';
import type { PieceName } from '../../ports/piece-store.js';
import { joinRun } from '../../sync/join-run.js';
import { doPiece } from '../../sync/pieces/do-piece.js';
import { PIECES } from '../../sync/pieces/table.js';
import { isStop } from '../../sync/stop.js';
import type { EngineParts } from '../engine-parts.js';
import { reasonOf } from '../every.js';
import { tracedLog } from '../traced-log.js';

/** Does a piece of a run that another engine may lead. What came of it stands in the state, where the leader looks. */
export function pieceJobOf(parts: EngineParts): JobHandler {
  return async ({ payload, trace }, signal) => {
    const piece = payload as PieceName;
    const log = tracedLog(parts.log, trace);
    const worker = { ...parts, table: PIECES };
    const run = await joinRun({ ...(await parts.tools()), log }, piece.run, { worker, signal });
    if (run === null) return;
    try {
      if (await doPiece(run, piece, worker)) log.debug('Piece done', { ...piece });
    } catch (error) {
      // It is kept with the piece, or the piece is open again: either way the leader sees to it.
      if (isStop(error) || signal.aborted) log.info('Piece handed back', { ...piece, ...reasonOf(error) });
      else log.warn('Piece failed', { ...piece, ...reasonOf(error) });
    }
  };
}
