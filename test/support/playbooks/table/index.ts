import type { Story } from '../story.js';
import { COMMERCIAL } from './commercial.js';
import { ENGAGEMENT } from './engagement.js';
import { RHYTHM } from './rhythm.js';
import { START } from './start.js';
import { SUPPORT } from './support.js';
import { VALUE } from './value.js';
import { VOICE } from './voice.js';

/** Every shipped playbook, each in stories that run through the same weeks side by side. */
export const STORIES: readonly Story[] = [
  ...START,
  ...SUPPORT,
  ...ENGAGEMENT,
  ...VALUE,
  ...VOICE,
  ...COMMERCIAL,
  ...RHYTHM,
];
