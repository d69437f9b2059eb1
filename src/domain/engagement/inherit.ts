import type { PlaybookMemory, SubjectMemory } from './wishes.js';

type Memories = Readonly<Record<string, PlaybookMemory>>;

/**
 * What an account remembers after another was merged into it: where both know a playbook, the one that
 * fired last, so that nothing that was done for either is done again.
 */
export function inherited(own: Memories, losers: readonly Memories[]): Memories {
  return losers.reduce((merged, loser) => joined(merged, loser), own);
}

function joined(own: Memories, loser: Memories): Memories {
  const merged: Record<string, PlaybookMemory> = { ...own };
  for (const [playbook, theirs] of Object.entries(loser)) {
    const mine = merged[playbook] ?? {};
    const subjects: Record<string, SubjectMemory> = { ...mine };
    for (const [subject, memory] of Object.entries(theirs)) {
      const here = subjects[subject];
      subjects[subject] = here === undefined || firedOn(memory) > firedOn(here) ? memory : here;
    }
    merged[playbook] = subjects;
  }
  return merged;
}

function firedOn({ trigger, episode }: SubjectMemory): number {
  return Math.max(trigger?.firedOn ?? -1, episode?.seenOn ?? -1);
}
