import type { MetricRule } from '../rule.js';
import { COVERAGE } from './coverage.js';
import { HOURS } from './hours.js';
import { MESSAGES } from './messages.js';
import { ONBOARDING } from './onboarding.js';
import { RESPONSES } from './responses.js';
import { RETENTION } from './retention.js';
import { SUPPORT } from './support.js';
import { TOUCH } from './touch.js';
import { VOICE } from './voice.js';

/** Every number that is taken from accounts; where a metric has several rules, the first that is served counts. */
export const METRIC_RULES: readonly MetricRule[] = [
  ...COVERAGE,
  ...RETENTION,
  ...ONBOARDING,
  ...TOUCH,
  ...VOICE,
  ...SUPPORT,
  ...RESPONSES,
  ...MESSAGES,
  ...HOURS,
];
