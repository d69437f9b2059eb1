import { bullQueue } from '../../../../src/adapters/queue/bull/index.js';
import type { JobQueue } from '../../../../src/ports/job-queue.js';
import type { Log } from '../../../../src/ports/log.js';
import { PATIENCE } from '../../../contracts/job-queue/bench.js';
import { SILENT } from '../../../support/silent-log.js';

/** The machine's own time: Bull knows no other. */
const REAL_CLOCK = { now: () => Date.now(), sleep: () => Promise.resolve() };

interface Told {
  readonly prefix: string;
  readonly kept?: number;
  readonly log?: Log;
}

/** A side of a queue whose dead workers are noticed within two seconds. */
export function aBullQueue(url: string, { prefix, kept = 5_000, log = SILENT }: Told): JobQueue {
  return bullQueue({
    url,
    settings: { prefix, kept, lockMs: 900, checkMs: 300 },
    clock: REAL_CLOCK,
    log,
    patience: PATIENCE,
    random: () => 0.5,
  });
}
