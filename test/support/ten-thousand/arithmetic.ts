/** People in one request that reads or writes contacts. */
const BATCH = 100;
/** People in one request that adds to a list. */
const MEMBERS = 10_000;

/** People of a sequence who are begun before the first of them is closed: what a killed worker leaves open is looked up one by one. */
const BEGUN = 20;

export const batchesOf = (people: number): number => Math.ceil(people / BATCH);

type Calls = Readonly<Record<string, number>>;

/** Nobody is stamped yet: each is looked for by stamp, then by address. */
const consentOf = (unstamped: number): number => batchesOf(unstamped) + batchesOf(unstamped);

/** Enrolling all of them through a list that is not there yet, at the very least. */
export function leastForList({
  known,
  strangers,
}: {
  readonly known: number;
  readonly strangers: number;
}): Calls {
  const planned = consentOf(known + strangers);
  const rightBefore = consentOf(known + strangers);
  const whatTheyHold = batchesOf(known);
  return {
    'contacts-batch-read': planned + rightBefore + whatTheyHold,
    'contacts-batch-update': batchesOf(known),
    'contacts-batch-upsert': batchesOf(strangers),
    // Is it there? Then it is made.
    lists: 1 + 1,
    'list-add': Math.ceil((known + strangers) / MEMBERS),
  };
}

export interface SequenceDay {
  /** People who are due, none of whom HubSpot has met through us. */
  readonly due: number;
  readonly senders: number;
  /** Those of them who are enrolled today. */
  readonly known: number;
  readonly strangers: number;
}

/**
 * A day of a sequence that nobody has been in. People go through it a hundred at a time, so that an opt-out or a
 * pause between two of them is seen, and are begun in twenties: with people of both kinds in each hundred, that is the least.
 */
export function leastForSequence({ due, senders, known, strangers }: SequenceDay): Calls {
  const enrolled = known + strangers;
  const planned = consentOf(due);
  const rightBefore = consentOf(enrolled);
  const mixed = known > 0 && strangers > 0;
  const batchesOfKnown = batchesOf(mixed ? enrolled : known);
  const latestSequence = Math.ceil(enrolled / BEGUN);
  return {
    'contacts-batch-read': planned + rightBefore + batchesOfKnown + latestSequence,
    'contacts-batch-update': batchesOfKnown,
    'contacts-batch-upsert': batchesOf(mixed ? enrolled : strangers),
    // Who is there to see the sequence, and who is each sender?
    owners: 1 + senders,
    // Which one does each see under the name, and what does it send?
    sequences: senders + 1,
    'sequence-state': enrolled,
    'sequence-enrol': enrolled,
  };
}
