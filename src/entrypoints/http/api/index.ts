import type { Endpoint } from '../endpoint.js';
import { ACCOUNTS } from './accounts.js';
import { CONTROLS } from './controls.js';
import { DEAD_LETTERS } from './dead-letters.js';
import { PLAYBOOKS } from './playbooks.js';
import { RUNS } from './runs.js';
import { SYSTEM } from './system.js';
import { USAGE } from './usage.js';

/** Every endpoint under /v1. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...ACCOUNTS,
  ...RUNS,
  ...DEAD_LETTERS,
  ...PLAYBOOKS,
  ...CONTROLS,
  ...USAGE,
  ...SYSTEM,
];
