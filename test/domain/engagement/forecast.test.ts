import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { forecastAccount, forecastRules } from '../../../src/domain/engagement/forecast.js';
import { decide, type ForecastQuestion, leave, type Walk } from '../../../src/domain/engagement/foresee.js';
import type { Playbook } from '../../../src/domain/engagement/playbook.js';
import type { EngagementPolicy } from '../../../src/domain/engagement/policy.js';
import { isBusinessDay } from '../../../src/domain/engagement/send-time.js';
import {
  type EngagementQuestion,
  type EngagementRules,
  engage,
  type PlaybookMemory,
} from '../../../src/domain/engagement/wishes.js';
import type { FactValue } from '../../../src/domain/facts/fact.js';
import { isSent } from '../../../src/domain/settle/act.js';
import { aBasis } from '../facts/builders.js';
import {
  anEpisode,
  aPerson,
  aPlaybook,
  aPolicy,
  aStep,
  aTask,
  aTrigger,
  fact,
  facts,
  number,
  sha,
  TODAY,
} from './builders.js';

const UNTIL = TODAY + 27;

function rulesOf(playbooks: readonly Playbook[], policy: EngagementPolicy = aPolicy()): EngagementRules {
  return {
    playbooks,
    policy,
    configured: new Set(playbooks.map(({ id }) => id)),
    earlier: () => null,
    baseline: () => '',
    basis: aBasis({ today: TODAY }),
    contentHash: sha,
    salt: 'salt',
    known: new Set(playbooks.map(({ id }) => id)),
    stopped: new Set(),
  };
}

interface Account {
  readonly values?: Readonly<Record<string, FactValue>>;
  readonly base?: Readonly<Record<string, PlaybookMemory>>;
  readonly persons?: number;
}

function asked({ values = {}, base = {}, persons = 1 }: Account = {}): ForecastQuestion {
  const question: EngagementQuestion = {
    facts: facts({ c: true, ...values }),
    persons: Array.from({ length: persons }, (_, index) => aPerson({ contactId: `003${index}` })),
    moments: [],
    rows: {},
    base,
    account: '001A',
    tier: 'digital',
    phase: 'ongoing',
    band: 'healthy',
    coverage: 90,
    armOnly: false,
    dropped: [],
    earlierToday: null,
    unseen: false,
  };
  return { question, acts: [], elsewhere: () => [] };
}

/** What an account remembers of a playbook whose trigger was read the day before. */
function read(
  place: number | string | null,
  episode: ReturnType<typeof anEpisode> | null = null,
): PlaybookMemory {
  const trigger = { version: 'v1', held: true, since: TODAY - 5, firedOn: null, place };
  return { account: { trigger, episode } };
}

function countdown(change: Partial<Playbook> = {}): Playbook {
  const of = { of: number('left'), marks: [120, 90, 30] };
  return aPlaybook({ ...change, trigger: { ...aTrigger({ countdown: of }), ...change.trigger } });
}

function forecast(account: ForecastQuestion, playbooks: readonly Playbook[], policy?: EngagementPolicy) {
  return forecastAccount(account, forecastRules(rulesOf(playbooks, policy), UNTIL));
}

const deeds = ({ foreseen }: ReturnType<typeof forecast>) =>
  foreseen
    .map(({ act }) => `${act.day - TODAY} ${act.playbook}/${act.step} ${act.person}`)
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1));

describe('a forecast', () => {
  it('starts a countdown on the day on which its mark will be reached', () => {
    const found = forecast(asked({ values: { left: 100 }, base: { surge: read(120) } }), [countdown()]);
    expect(found.starts).toEqual([{ day: TODAY + 10, playbook: 'surge', outcome: 'begins', code: null }]);
    // Thursday the 10th day, and four days on a Monday.
    expect(deeds(found)).toEqual(['10 surge/one p-0030', '14 surge/two p-0030']);
  });

  it('starts each period that begins', () => {
    const weekly = aPlaybook({ steps: [aStep({ lateBy: 0 })], trigger: { every: 'week' } });
    const starts = (seen: string) =>
      forecast(asked({ base: { surge: read(seen) } }), [weekly]).starts.map(({ day }) => day - TODAY);
    expect(starts('week of 2024-10-07')).toEqual([7, 14, 21]);
    expect(starts('week of 2024-09-30')).toEqual([0, 7, 14, 21]);
  });

  it('goes on with the steps of what runs, and moves those of a closed day to the next open one', () => {
    const running = anEpisode({ edge: TODAY + 1, seenOn: TODAY });
    const holidays = [TODAY + 1];
    const policy = aPolicy({ calendar: { businessDays: [1, 2, 3, 4, 5], holidays, hours: null } });
    const found = forecast(asked({ base: { surge: read(null, running) } }), [aPlaybook()], policy);
    // The holiday puts the first off by a day and the second, kept as far behind it, past the weekend.
    expect(deeds(found)).toEqual(['2 surge/one p-0030', '7 surge/two p-0030']);
  });

  it('says which touches a cap puts off, and when they come about', () => {
    const often = aPlaybook({ steps: [1, 2, 3].map((day) => aStep({ id: `s${day}`, day, lateBy: 10 })) });
    const base = { surge: read(null, anEpisode()) };
    const found = forecast(asked({ base }), [often]);
    expect(deeds(found)).toEqual(['0 surge/s1 p-0030', '1 surge/s2 p-0030', '7 surge/s3 p-0030']);
    expect(found.putOff).toEqual([{ day: TODAY + 2, cap: 'person', playbook: 'surge' }]);
    const roomy = aPolicy({ caps: { ...aPolicy().caps, person: { touches: 3, days: 7 } } });
    expect(forecast(asked({ base }), [often], roomy).putOff).toEqual([]);
  });

  it('counts what reaches the same person through another account', () => {
    const base = { surge: read(null, anEpisode()) };
    const account = { ...asked({ base }), elsewhere: () => [TODAY - 1, TODAY] };
    expect(forecast(account, [aPlaybook()]).putOff[0]).toMatchObject({ day: TODAY, cap: 'person' });
  });

  it('counts what is under way as long as it lasts', () => {
    const steps = [aStep({ channel: 'hubspot-sequence', touches: { count: 3, days: 9 } })];
    const base = { surge: read(null, anEpisode({ edge: TODAY - 1, seenOn: TODAY - 1 })) };
    const act = {
      key: 'e1/one/p-0030',
      episode: 'e1',
      step: 'one',
      person: 'p-0030',
      contact: '0030',
      account: '001A',
      playbook: 'surge',
      channel: 'hubspot-sequence',
      status: 'enrolled',
      code: null,
      touchDays: [TODAY - 1, TODAY + 3, TODAY + 7],
      day: TODAY - 1,
      tryOn: null,
      leftOn: null,
      leftBy: null,
      busyUntil: 0,
    } as const;
    const found = forecast({ ...asked({ base }), acts: [act] }, [aPlaybook({ steps })]);
    expect(found.foreseen.map(({ touches }) => touches)).toEqual([[TODAY + 3, TODAY + 7]]);
  });

  it('begins nothing for whom the hold-out keeps out, and for whom the account’s state refuses', () => {
    const account = asked({ values: { left: 100 }, base: { surge: read(120) } });
    const out = forecast(account, [countdown({ holdout: 1 })]);
    expect([out.starts[0]?.outcome, out.foreseen]).toEqual(['held-out', []]);
    const locked = asked({
      values: { left: 100, 'account.engagementLocked': true },
      base: { surge: read(120) },
    });
    const refused = forecast(locked, [countdown()]);
    expect([refused.starts[0]?.code, refused.foreseen]).toEqual(['account_locked', []]);
  });

  it('says the same as every playbook run on every day, on facts that really fall', () => {
    fc.assert(
      fc.property(someBook, ({ playbooks, left, episodes, persons, touches }) => {
        const policy = aPolicy({ caps: { ...aPolicy().caps, person: { touches, days: 7 } } });
        const base = Object.fromEntries(
          playbooks.map(({ id, trigger }, index) => {
            const mark = trigger.countdown?.marks.filter((one) => one >= left).at(-1) ?? null;
            const age = episodes[index] ?? null;
            const on = TODAY - (age ?? 0);
            const episode =
              age === null || trigger.countdown !== null
                ? null
                : anEpisode({ id: `e-${id}`, playbook: id, edge: on, seenOn: on });
            return [id, read(mark, episode)];
          }),
        );
        const account = asked({ values: { left }, base, persons });
        const found = forecast(account, playbooks, policy);
        expect(deeds(found)).toEqual(byForce(account, playbooks, policy));
        expectLawful(found, policy);
      }),
      { numRuns: 150 },
    );
  });
});

const aSomeStep = fc.record({
  day: fc.integer({ min: 1, max: 12 }),
  task: fc.boolean(),
  lateBy: fc.integer({ min: 0, max: 6 }),
  when: fc.constantFrom(null, fact('c'), fact('never'), fact('unknown')),
});

const someBook = fc.record({
  left: fc.integer({ min: 20, max: 125 }),
  persons: fc.integer({ min: 1, max: 4 }),
  touches: fc.integer({ min: 1, max: 3 }),
  episodes: fc.array(fc.option(fc.integer({ min: 0, max: 9 })), { minLength: 3, maxLength: 3 }),
  playbooks: fc
    .array(
      fc.record({
        kind: fc.constantFrom('countdown', 'week', 'month', 'plain'),
        steps: fc.array(aSomeStep, { minLength: 1, maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 3 },
    )
    .map((drawn) =>
      drawn.map(({ kind, steps }, index) =>
        aPlaybook({
          id: `p${index}`,
          priority: 10 + index,
          steps: [...steps]
            .sort((a, b) => a.day - b.day)
            .map(({ day, task, lateBy, when }, at) =>
              (task ? aTask : aStep)({ id: `s${at}`, day, lateBy, when }),
            ),
          trigger: {
            countdown: kind === 'countdown' ? { of: number('left'), marks: [120, 90, 30] } : null,
            every: kind === 'week' || kind === 'month' ? kind : null,
          },
        }),
      ),
    ),
});

/** Every playbook on every day, with facts of that day. */
function byForce(
  account: ForecastQuestion,
  playbooks: readonly Playbook[],
  policy: EngagementPolicy,
): readonly string[] {
  const walk: Walk = {
    memory: account.question.base,
    acts: new Map(),
    planned: new Map(),
    episodes: new Set(),
    putOff: [],
    starts: [],
  };
  const left = Number(account.question.facts.left?.value);
  for (let day = TODAY; day <= UNTIL; day += 1) {
    const basis = aBasis({ today: day });
    const values = { ...account.question.facts, ...facts({ left: left - (day - TODAY) }) };
    const question = { ...account.question, facts: values, base: walk.memory };
    const answer = engage(question, { ...rulesOf(playbooks, policy), basis });
    walk.memory = answer.memory;
    const rules = forecastRules(rulesOf(playbooks, policy), UNTIL);
    for (const wish of answer.wishes) if (wish.kind === 'leave') leave(walk, wish, day);
    const steps = answer.wishes.filter((wish) => wish.kind === 'step');
    for (const wish of steps.sort((a, b) => b.priority - a.priority || a.due - b.due || a.rank - b.rank))
      decide(wish, day, { walk, asked: account, rules });
  }
  return [...walk.acts.values()]
    .filter(isSent)
    .map((act) => `${act.day - TODAY} ${act.playbook}/${act.step} ${act.person}`)
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1));
}

/** No message on a closed day, and nobody more often than the cap allows. */
function expectLawful({ foreseen }: ReturnType<typeof forecast>, { calendar, caps }: EngagementPolicy): void {
  const messages = foreseen.filter(({ act }) => act.channel !== 'salesforce-task');
  expect(messages.filter(({ act }) => !isBusinessDay(calendar, act.day))).toEqual([]);
  for (const [, of] of Map.groupBy(messages, ({ act }) => act.person)) {
    const days = of.flatMap(({ touches }) => touches);
    for (const from of days)
      expect(days.filter((day) => day >= from && day < from + 7).length).toBeLessThanOrEqual(
        caps.person.touches,
      );
  }
}
