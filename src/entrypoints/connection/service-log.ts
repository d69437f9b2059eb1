import winston from 'winston';
import type { LogLevel } from '../../config/env.js';
import type { Log } from '../../ports/log.js';

/** Logs of the service go to its standard output, one JSON object a line, for whatever collects them. Ids only. */
export function serviceLog(level: LogLevel, about: Readonly<Record<string, string>>): Log {
  const logger = winston.createLogger({
    level,
    defaultMeta: about,
    format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
    transports: [new winston.transports.Console({ forceConsole: false })],
  });
  return {
    debug: (message, particulars) => void logger.debug(message, particulars),
    info: (message, particulars) => void logger.info(message, particulars),
    warn: (message, particulars) => void logger.warn(message, particulars),
    error: (message, particulars) => void logger.error(message, particulars),
  };
}
