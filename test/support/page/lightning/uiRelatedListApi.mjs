import { wireFed } from './feed.mjs';

export const getRelatedListRecords = wireFed('getRelatedListRecords');
