import type { Log } from '../../../../src/ports/log.js';

export const silentLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
