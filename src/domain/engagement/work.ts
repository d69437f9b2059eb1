import type { Day } from '../day.js';
import type { CrmRow } from '../facts/record.js';
import { flagOf, numberOf, textOf } from '../facts/row-values.js';

/** A task of ours, as the CRM last showed it. */
export interface Work {
  readonly id: string;
  readonly episode: string;
  readonly step: string;
  readonly playbook: string;
  readonly person: string | null;
  readonly dueOn: Day;
  /** `late` = past its due day by so much that somebody is told; `abandoned` = twice that. */
  readonly state: 'open' | 'late' | 'closed' | 'abandoned';
}

/** What is put behind a step's id where its work was brought before somebody else. */
export const ESCALATION = '-escalation';

interface Patience {
  readonly today: Day;
  readonly escalateAfter: number;
}

/** The tasks of an episode. */
export function workOf(episode: string, rows: readonly CrmRow[], patience: Patience): readonly Work[] {
  return rows
    .filter((row) => textOf(row, 'episode') === episode)
    .map((row) => workIn(row, patience))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** One task. */
export function workIn(row: CrmRow, patience: Patience): Work {
  const dueOn = numberOf(row, 'dueOn') ?? numberOf(row, 'openedOn') ?? patience.today;
  return {
    id: row.id,
    episode: textOf(row, 'episode') ?? '',
    step: textOf(row, 'step') ?? '',
    playbook: textOf(row, 'playbook') ?? '',
    person: textOf(row, 'person'),
    dueOn,
    state: stateOf(flagOf(row, 'closed') === true, dueOn, patience),
  };
}

function stateOf(closed: boolean, dueOn: Day, { today, escalateAfter }: Patience): Work['state'] {
  if (closed) return 'closed';
  const late = today - dueOn;
  if (late >= 2 * escalateAfter) return 'abandoned';
  return late >= escalateAfter ? 'late' : 'open';
}
