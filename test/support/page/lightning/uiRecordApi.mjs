import { wireFed } from './feed.mjs';

export const getRecord = wireFed('getRecord');
