import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import winston from 'winston';
import type { LogLevel } from '../../config/env.js';
import type { Log } from '../../ports/log.js';

const KEPT = 5;
const MAX_BYTES = 10_000_000;

/** Logs of commands go to `var/log/`: the terminal is for people. One JSON object a line, ids only. Made with the first line: who only looks leaves no folder behind. */
export function fileLog(folder: string, level: LogLevel): Log {
  let opened: winston.Logger | null = null;
  const logger = (): winston.Logger => {
    opened ??= openLog(join(folder, 'var', 'log'), level);
    return opened;
  };
  return {
    debug: (message, particulars) => logger().debug(message, particulars),
    info: (message, particulars) => logger().info(message, particulars),
    warn: (message, particulars) => logger().warn(message, particulars),
    error: (message, particulars) => logger().error(message, particulars),
  };
}

function openLog(directory: string, level: LogLevel): winston.Logger {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return winston.createLogger({
    level,
    format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
    transports: [
      new winston.transports.File({
        dirname: directory,
        filename: 'truenorth.log',
        maxsize: MAX_BYTES,
        maxFiles: KEPT,
      }),
    ],
  });
}

/** Nothing is kept: for commands that connect to nothing. */
export const NO_LOG: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
