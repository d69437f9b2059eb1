import type { Log } from '../ports/log.js';

/** The same log with the thread of what asked for the work in each line. */
export function tracedLog(log: Log, trace: string): Log {
  return {
    debug: (message, particulars) => log.debug(message, { trace, ...particulars }),
    info: (message, particulars) => log.info(message, { trace, ...particulars }),
    warn: (message, particulars) => log.warn(message, { trace, ...particulars }),
    error: (message, particulars) => log.error(message, { trace, ...particulars }),
  };
}
