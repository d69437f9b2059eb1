import type { BookPeople } from '../../hubspot/store/base-contacts.js';
import { isAddress } from '../../hubspot/store/known-people.js';
import { type Seeded, seeded } from '../../seeded.js';
import type { BaseProspect, BaseProspects } from './base-prospects.js';

/** Shares of the book's people, and of those that Outreach knows. */
const KNOWN = 0.4;
const OPTED_OUT = 0.04;
const IN_SEQUENCE = 0.08;
/** Of those that were put into a sequence, the part that is through with it. */
const FINISHED = 0.5;

/** Which draw is meant, so that they are independent of each other. */
const DRAW = { known: 1, optedOut: 2, inSequence: 3, whichSequence: 4, finished: 5 } as const;

/** Outreach's part of the book: about 40 % of its people, one prospect per address, a few opted out or in a sequence. */
export function knownProspects(people: BookPeople, seed: number, sequences: number): BaseProspects {
  const chance = seeded(seed ^ 0x0712);
  const at = (index: number): BaseProspect | null => {
    if (chance.unit(DRAW.known, index) >= KNOWN) return null;
    const person = people.at(index);
    const email = person.email.trim().toLowerCase();
    if (!isAddress(email) || people.indexOfEmail(email) !== index) return null;
    const { firstName, lastName, companyName } = person;
    return { email, firstName, lastName, companyName, ...drawn(chance, index, sequences) };
  };
  return {
    count: people.count,
    at,
    indexOfEmail: (email) => {
      const index = people.indexOfEmail(email.trim().toLowerCase());
      return index >= 0 && at(index) !== null ? index : -1;
    },
  };
}

function drawn(
  chance: Seeded,
  index: number,
  sequences: number,
): Pick<BaseProspect, 'optedOut' | 'sequence' | 'finished'> {
  const falls = (draw: number, share: number): boolean => chance.unit(draw, index) < share;
  const sequenced = sequences > 0 && falls(DRAW.inSequence, IN_SEQUENCE);
  return {
    optedOut: falls(DRAW.optedOut, OPTED_OUT),
    sequence: sequenced ? chance.whole(0, sequences - 1, DRAW.whichSequence, index) : null,
    finished: sequenced && falls(DRAW.finished, FINISHED),
  };
}
