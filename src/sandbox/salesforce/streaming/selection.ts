import { ApiError } from '../api-error.js';
import type { Org } from '../store/org.js';

/** The objects whose changes are told, as an administrator picks them in Setup > Change Data Capture. */
export interface Selection {
  readonly has: (object: string) => boolean;
  readonly list: () => readonly string[];
  /** Replaces the selection. ApiError 400 above the most that the org may select, or for an object that it does not have. */
  readonly choose: (objects: readonly string[]) => void;
  readonly allow: (most: number) => void;
}

/** Without an add-on. */
const MOST_ENTITIES = 5;

/** An org whose administrator has used up the five that come without an add-on. */
const CHOSEN = ['Account', 'Contact', 'Opportunity', 'Case', 'Task'];

export function startSelection(org: Org): Selection {
  let most = MOST_ENTITIES;
  let chosen = new Set(CHOSEN);
  return {
    has: (object) => chosen.has(object),
    list: () => [...chosen],
    choose: (objects) => {
      const found = objects.map((object) => org.schema.find(object)?.name ?? unknownObject(object));
      if (found.length > most) {
        throw new ApiError(400, 'LIMIT_EXCEEDED', `You can select at most ${most} entities.`);
      }
      chosen = new Set(found);
    },
    allow: (next) => {
      most = next;
    },
  };
}

function unknownObject(object: string): never {
  throw new ApiError(400, 'INVALID_INPUT', `There is no object ${object}`);
}
