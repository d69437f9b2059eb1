import type { Episode } from './episode.js';
import type { PlaybookMemory, SubjectMemory } from './question.js';

type Memories = Readonly<Record<string, PlaybookMemory>>;

export interface Inherited {
  readonly memory: Memories;
  /** Running episodes that gave way: of two of one playbook the one that began last goes on. */
  readonly dropped: readonly Episode[];
}

/**
 * What an account remembers after others were merged into it: where both know a playbook, the one that
 * fired last, so that nothing that was done for either is done again.
 */
export function inherited(own: Memories, losers: readonly Memories[]): Inherited {
  return losers.reduce<Inherited>(
    (merged, loser) => {
      const { memory, dropped } = joined(merged.memory, loser);
      return { memory, dropped: [...merged.dropped, ...dropped] };
    },
    { memory: own, dropped: [] },
  );
}

function joined(own: Memories, loser: Memories): Inherited {
  const merged: Record<string, PlaybookMemory> = { ...own };
  const dropped: Episode[] = [];
  for (const [playbook, theirs] of Object.entries(loser)) {
    const subjects: Record<string, SubjectMemory> = { ...merged[playbook] };
    for (const [subject, memory] of Object.entries(theirs)) {
      const here = subjects[subject];
      const goesOn = here === undefined || firedOn(memory) > firedOn(here);
      const gone = goesOn ? here?.episode : memory.episode;
      if (gone && gone.ended === null) dropped.push(gone);
      if (goesOn) subjects[subject] = memory;
    }
    merged[playbook] = subjects;
  }
  return { memory: merged, dropped };
}

function firedOn({ trigger, episode }: SubjectMemory): number {
  return Math.max(trigger?.firedOn ?? -1, episode?.seenOn ?? -1);
}
