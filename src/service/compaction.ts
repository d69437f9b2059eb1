/** Note that the database holds room of what was deleted, which housekeeping is to give back. */
export const COMPACTION_DUE = 'compaction-due';
