import type { Playbook } from '../domain/engagement/playbook.js';
import type { EngagementRules } from '../domain/engagement/wishes.js';

/** What holds today is an edge of today, and the first step falls on it. A countdown stands at the mark that it reached last. */
export function asOfToday(playbook: Playbook): Playbook {
  const { trigger, steps, branch } = playbook;
  const first = Math.min(...steps.map(({ day }) => day), Infinity);
  const shift = Number.isFinite(first) ? first - 1 : 0;
  return {
    ...playbook,
    trigger: {
      ...trigger,
      countdown: trigger.countdown === null ? null : atItsMark(trigger.countdown),
      edge: null,
      every: null,
      onFirstSight: 'fire',
      fireWithin: Infinity,
    },
    steps: steps.map((step) => ({ ...step, day: step.day - shift })),
    branch: branch === null ? null : { ...branch, day: Math.max(1, branch.day - shift) },
  };
}

function atItsMark({
  of,
  marks,
}: NonNullable<Playbook['trigger']['countdown']>): Playbook['trigger']['countdown'] {
  const rising = [...marks].sort((a, b) => a - b);
  return {
    marks,
    of: {
      ...of,
      evaluate: (facts, today) => {
        const left = of.evaluate(facts, today);
        return left === null || left < 0 ? left : (rising.find((mark) => left <= mark) ?? left);
      },
    },
  };
}

/** Episodes of a trial are none that may be running: only what is drawn for the hold-out stays the same. */
export function asIfNew(rules: EngagementRules): EngagementRules {
  const { contentHash, salt } = rules;
  return {
    ...rules,
    contentHash: (text) => contentHash(text.startsWith(`${salt}|`) ? text : `trial|${text}`),
  };
}
