import { describe, expect, it } from '@jest/globals';
import { type DayOfEpisode, moveOn } from '../../../src/domain/engagement/course.js';
import type { Episode } from '../../../src/domain/engagement/episode.js';
import type { Playbook } from '../../../src/domain/engagement/playbook.js';
import type { FactValue } from '../../../src/domain/facts/fact.js';
import { anEpisode, aPerson, aPlaybook, aRow, aStep, aTask, fact, facts, TODAY } from './builders.js';

type Change = Partial<Omit<DayOfEpisode, 'facts'>> & {
  readonly values?: Readonly<Record<string, FactValue>>;
};

function aDay(today: number, { values = {}, ...change }: Change = {}): DayOfEpisode {
  return {
    facts: facts({ c: true, ...values }),
    today,
    tier: 'digital',
    phase: 'ongoing',
    persons: [aPerson()],
    rows: {},
    stopped: null,
    escalateAfter: 5,
    ...change,
  };
}

const end = (playbook: Playbook, day: DayOfEpisode, episode: Episode = anEpisode()) =>
  moveOn(playbook, episode, day).episode.ended?.by ?? null;

describe('steps', () => {
  const days = (playbook: Playbook, day: DayOfEpisode, episode: Episode = anEpisode()) =>
    moveOn(playbook, episode, day).schedule.steps.map(({ step, due }) => [step.id, due - TODAY]);

  it('lie on their days, day 1 being the day of the edge', () => {
    expect(days(aPlaybook(), aDay(TODAY))).toEqual([
      ['one', 0],
      ['two', 4],
    ]);
  });

  it('wait for a condition and keep the gaps behind them', () => {
    const playbook = aPlaybook({
      steps: [aStep({ waitFor: { when: fact('ready'), days: 10 } }), aStep({ id: 'two', day: 3 })],
    });
    expect(days(playbook, aDay(TODAY + 1, { values: { ready: false } }))).toEqual([]);
    const met = moveOn(playbook, anEpisode(), aDay(TODAY + 4, { values: { ready: true } })).episode;
    expect(met.cleared).toEqual({ one: TODAY + 4 });
    expect(days(playbook, aDay(TODAY + 5), met)).toEqual([
      ['one', 4],
      ['two', 6],
    ]);
  });

  it('are let go when the wait is over, and later ones go on', () => {
    const playbook = aPlaybook({
      steps: [aStep({ waitFor: { when: fact('ready'), days: 3 } }), aStep({ id: 'two', day: 3 })],
    });
    const late = moveOn(playbook, anEpisode(), aDay(TODAY + 4, { values: { ready: false } })).episode;
    expect(late.let).toEqual({ one: TODAY + 4 });
    expect(days(playbook, aDay(TODAY + 4), late)).toEqual([['two', 5]]);
  });

  it('are not taken where their condition does not hold on their day', () => {
    const playbook = aPlaybook({ steps: [aStep({ when: fact('open') })] });
    expect(moveOn(playbook, anEpisode(), aDay(TODAY, { values: { open: false } })).episode.let).toEqual({
      one: TODAY,
    });
    expect(days(playbook, aDay(TODAY, { values: { open: null } }))).toEqual([]);
    expect(days(playbook, aDay(TODAY, { values: { open: true } }))).toEqual([['one', 0]]);
  });

  it('follow the side of a branch that is decided once', () => {
    const playbook = aPlaybook({
      branch: { day: 3, when: fact('hot') },
      steps: [aStep({ side: 'then', day: 3 }), aStep({ id: 'two', side: 'else', day: 4 })],
    });
    const decided = moveOn(playbook, anEpisode(), aDay(TODAY + 2, { values: { hot: true } })).episode;
    expect(decided.side).toBe('then');
    const later = moveOn(playbook, decided, aDay(TODAY + 3, { values: { hot: false } }));
    expect(later.episode.side).toBe('then');
    expect(later.schedule.steps.map(({ step }) => step.id)).toEqual(['one']);
    expect(moveOn(playbook, anEpisode(), aDay(TODAY + 6, { values: { hot: null } })).episode.side).toBe(
      'else',
    );
  });

  it('belong to the mark of the episode', () => {
    const playbook = aPlaybook({ steps: [aStep({ mark: 120 }), aStep({ id: 'two', mark: 30 })] });
    expect(days(playbook, aDay(TODAY), anEpisode({ mark: 30 }))).toEqual([['two', 0]]);
  });
});

describe('an episode ends', () => {
  it('by its goal, on a day after it began and inside the window', () => {
    const playbook = aPlaybook({ goal: { when: fact('good'), withinDays: 10 } });
    expect(end(playbook, aDay(TODAY, { values: { good: true } }))).toBeNull();
    expect(end(playbook, aDay(TODAY + 1, { values: { good: true } }))).toBe('goal');
    expect(
      moveOn(playbook, anEpisode(), aDay(TODAY + 11, { values: { good: true } })).episode.goalOn,
    ).toBeNull();
  });

  it('and its goal is still watched after its steps are over, held out or not', () => {
    const playbook = aPlaybook({ goal: { when: fact('good'), withinDays: 60 } });
    for (const heldOut of [true, false]) {
      const over = anEpisode({ heldOut, ended: { on: TODAY + 20, by: 'completed' } });
      expect(moveOn(playbook, over, aDay(TODAY + 30, { values: { good: true } })).episode.goalOn).toBe(
        TODAY + 30,
      );
    }
  });

  it.each([
    ['churned', {}, { values: { 'account.churned': true } }],
    ['stopped', {}, { stopped: 'stopped' }],
    ['subject-gone', {}, { stopped: 'subject-gone' }],
    ['condition-gone', { conditionGone: true }, { values: { c: false } }],
    ['tier-changed', { tierChanged: true }, { tier: 'hybrid' }],
    ['phase-changed', { phaseChanged: true }, { phase: 'onboarding' }],
    ['exit-condition', { when: fact('out') }, { values: { out: true } }],
  ] as const)('%s', (by, exits, change) => {
    const plain = { conditionGone: false, tierChanged: false, phaseChanged: false, when: null };
    expect(end(aPlaybook({ exits: { ...plain, ...exits } }), aDay(TODAY + 1, change))).toBe(by);
    // The same day without the cause, or without the rule, ends nothing.
    expect(end(aPlaybook({ exits: { ...plain, ...exits } }), aDay(TODAY + 1))).toBeNull();
  });

  it('does not end because nobody knows any more whether its condition holds', () => {
    const exits = { conditionGone: true, tierChanged: false, phaseChanged: false, when: null };
    expect(end(aPlaybook({ exits }), aDay(TODAY + 1, { values: { c: null } }))).toBeNull();
  });

  it('when its last step is over', () => {
    // Step two is due on day 5, two days late at most, two more through step one's lateness, one day for the touch.
    expect(end(aPlaybook(), aDay(TODAY + 9))).toBeNull();
    expect(end(aPlaybook(), aDay(TODAY + 10))).toBe('completed');
  });

  it('waits for its tasks, and ends as abandoned when nobody closes them', () => {
    const playbook = aPlaybook({ steps: [aTask()] });
    const task = (closed: boolean) => ({
      task: [aRow('00T1', { episode: 'e1', step: 'call', playbook: 'surge', dueOn: TODAY + 1, closed })],
    });
    expect(end(playbook, aDay(TODAY + 8, { rows: task(false) }))).toBeNull();
    expect(end(playbook, aDay(TODAY + 8, { rows: task(true) }))).toBe('completed');
    expect(end(playbook, aDay(TODAY + 11, { rows: task(false) }))).toBe('abandoned');
  });
});

describe('a person is out', () => {
  const event = (kind: string, on: number) =>
    aRow(`ev-${kind}-${on}`, { kind, on, at: on * 86_400_000, person: 'p-003A' });
  const out = (kind: string, on: number) =>
    moveOn(aPlaybook(), anEpisode(), aDay(TODAY + 2, { rows: { engagement: [event(kind, on)] } })).episode
      .out;

  it.each([
    ['replied', 'replied'],
    ['responded', 'replied'],
    ['meeting-booked', 'meeting-booked'],
    ['unsubscribed', 'unsubscribed'],
    ['bounced', 'bounced'],
  ])('who %s since the edge', (kind, by) => {
    expect(out(kind, TODAY + 1)).toEqual({ 'p-003A': { on: TODAY + 1, by } });
  });

  it('neither for an open or a click, nor for what came before the edge', () => {
    expect(out('opened', TODAY + 1)).toEqual({});
    expect(out('clicked', TODAY + 1)).toEqual({});
    expect(out('replied', TODAY - 1)).toEqual({});
  });

  it('who has left the company', () => {
    const day = aDay(TODAY + 1, { persons: [aPerson({ left: true })] });
    expect(moveOn(aPlaybook(), anEpisode(), day).episode.out).toEqual({
      'p-003A': { on: TODAY + 1, by: 'left-company' },
    });
  });
});
