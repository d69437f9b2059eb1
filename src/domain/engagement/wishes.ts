import type { Episode } from './episode.js';
import { owedWishes } from './owed.js';
import type { EngagementAnswer, EngagementQuestion, EngagementRules, PlaybookMemory } from './question.js';
import { readPlaybook, stoppedPlaybooks } from './read-playbook.js';
import type { Wish } from './wish.js';

export type {
  EngagementAnswer,
  EngagementQuestion,
  EngagementRules,
  PlaybookMemory,
} from './question.js';

/** Reads every playbook for one account: its triggers, its running episodes, and what they ask for today. */
export function engage(question: EngagementQuestion, rules: EngagementRules): EngagementAnswer {
  const wishes: Wish[] = [];
  // What a run does not look at (a playbook taken out for a day) is remembered as it was.
  const memory: Record<string, PlaybookMemory> = { ...question.base };
  const episodes: EngagementAnswer['episodes'][number][] = [];
  for (const playbook of rules.playbooks) {
    const read = readPlaybook(playbook, question, rules);
    memory[playbook.id] = read.memory;
    wishes.push(...read.wishes);
    episodes.push(...read.episodes);
  }
  for (const read of stoppedPlaybooks(question, rules)) {
    memory[read.playbook] = read.memory;
    wishes.push(...read.wishes);
    episodes.push(...read.episodes);
  }
  for (const episode of question.dropped) {
    const ended = { on: rules.basis.today, by: 'stopped' } as const;
    episodes.push({ ...episode, ended, goalUntil: null });
    wishes.push(leaveAll(question.account, { ...episode, ended }));
  }
  wishes.push(...owedWishes({ ...question, today: rules.basis.today }, rules));
  const running = episodes.some(({ ended }) => ended === null);
  const watched = episodes.some(
    ({ goalOn, goalUntil: until }) => goalOn === null && until !== null && until >= rules.basis.today,
  );
  return { wishes, memory, episodes, dueOn: running || watched ? rules.basis.today + 1 : null };
}

function leaveAll(account: string, { id, playbook, ended }: Episode): Wish {
  return {
    kind: 'leave',
    playbook,
    priority: 0,
    episode: id,
    account,
    person: null,
    by: ended?.by ?? 'stopped',
  };
}
