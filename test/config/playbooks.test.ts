import { describe, expect, it } from '@jest/globals';
import { PLAIN_TEXTS, resolveTexts } from './texts.js';

const FILE = 'config/playbooks/surge.yaml';

const FULL = `label: Full
priority: 10
trigger:
  per: person
  when: contact.loggedIn && health.score < 40
  edge: contact.lastLoginOn + 1
  fireWithin: 3
  reenter: { afterDays: 9 }
audience: { when: account.seats > 3, roles: [sponsor, user], maxPersons: 2 }
steps:
  - branch:
      day: 2
      when: cases.open > 5
      then:
        - { id: later, day: 20, channel: hubspot-list, target: " Later ", sender: "pool:team-a" }
      else:
        - { id: sooner, day: 4, channel: hubspot-list, target: Sooner, when: cases.open > 1 }
  - id: call
    day: 20
    waitFor: { when: cases.open == 0, days: 9 }
    task: { subject: Call, description: Ask., kind: call, dueIn: 0, priority: high, owner: account-owner }
exits: { conditionGone: true, when: cases.open > 50 }
goal: { when: contact.answered90 > 0, withinDays: 60 }
reply: { subject: Reply, description: They wrote. }
holdout: 7 %
ignore: [payment_overdue]
`;

const TEXTS = {
  ...PLAIN_TEXTS,
  [FILE]: FULL,
  'config/engagement.yaml': 'pools: { team-a: { members: [ana@example.com] } }',
};

function resolved(texts: Readonly<Record<string, string>> = TEXTS) {
  const { playbooks, revive } = resolveTexts(texts);
  const [playbook] = playbooks;
  if (playbook === undefined) throw new Error('the texts hold no playbook');
  return { playbook, revive };
}

describe('a playbook', () => {
  it('has its branch beside the steps, which lie in order of day', () => {
    const { playbook } = resolved();
    expect(playbook.branch).toMatchObject({ day: 2, when: { source: 'cases.open > 5' } });
    expect(
      playbook.steps.map(({ id, day, side, channel, target }) => [id, day, side, channel, target]),
    ).toEqual([
      ['sooner', 4, 'else', 'hubspot-list', 'Sooner'],
      ['later', 20, 'then', 'hubspot-list', 'Later'],
      ['call', 20, null, 'salesforce-task', 'Call'],
    ]);
  });

  it('has each person by rule', () => {
    const { steps, reply } = resolved().playbook;
    expect(steps.map(({ sender }) => sender)).toEqual([
      { kind: 'csm' },
      { kind: 'pool', pool: 'team-a' },
      { kind: 'account-owner' },
    ]);
    expect(steps[2]?.task).toMatchObject({ kind: 'call', owner: { kind: 'account-owner' }, dueIn: 0 });
    expect(reply).toMatchObject({ subject: 'Reply', owner: { kind: 'csm' }, dueIn: 1, priority: 'normal' });
  });

  it('has what ends it, and what it may overlook', () => {
    const { playbook } = resolved();
    expect(playbook.exits).toMatchObject({ conditionGone: true, tierChanged: false, phaseChanged: false });
    expect(playbook.exits.when?.source).toBe('cases.open > 50');
    expect(playbook.goal).toMatchObject({ withinDays: 60, when: { source: 'contact.answered90 > 0' } });
    expect(playbook).toMatchObject({ holdout: 0.07, ignore: ['payment_overdue'] });
  });

  it('counts down to its marks, and may start in each period', () => {
    const countdown = PLAIN_TEXTS[FILE]?.replace(
      '{ when: cases.open > 3 }',
      '{ countdown: { of: cases.open, marks: [9, 3] } }',
    );
    expect(resolved({ ...PLAIN_TEXTS, [FILE]: countdown ?? '' }).playbook.trigger).toMatchObject({
      when: { source: 'true' },
      countdown: { of: { source: 'cases.open' }, marks: [9, 3] },
      every: null,
    });
    const monthly = PLAIN_TEXTS[FILE]?.replace('{ when: cases.open > 3 }', '{ every: month }');
    expect(resolved({ ...PLAIN_TEXTS, [FILE]: monthly ?? '' }).playbook.trigger).toMatchObject({
      every: 'month',
      countdown: null,
    });
  });

  it.each([
    ['trigger', FULL, true],
    ['nothing', FULL.replace('health.score < 40', 'account.seats < 40'), false],
    [
      'goal',
      FULL.replace('health.score < 40', 'account.seats < 40').replace(
        'contact.answered90 > 0',
        'health.score > 70',
      ),
      true,
    ],
    [
      'edge',
      FULL.replace('health.score < 40', 'account.seats < 40').replace(
        'contact.lastLoginOn',
        'health.bandSince',
      ),
      true,
    ],
  ])('knows whether it reads health: %s', (_where, text, reads) => {
    expect(resolved({ ...TEXTS, [FILE]: text }).playbook.readsHealth).toBe(reads);
  });
});

describe('a playbook of an earlier version', () => {
  it('comes back from its source as it was, with the same version', () => {
    const { playbook, revive } = resolved();
    const kept: unknown = JSON.parse(JSON.stringify(playbook.source));
    const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
    expect(plain(revive('surge', kept))).toEqual(plain(playbook));
  });

  it('keeps its version when the file has changed since', () => {
    const { playbook } = resolved();
    const { playbook: now, revive } = resolved({ ...TEXTS, [FILE]: FULL.replaceAll('day: 20', 'day: 21') });
    expect(now.version).not.toBe(playbook.version);
    expect(revive('surge', playbook.source)?.version).toBe(playbook.version);
  });

  it('comes back although it is more than the caps of today allow', () => {
    const { playbook } = resolved();
    const low = `${TEXTS['config/engagement.yaml']}\ncaps: { person: { touches: 1, days: 60 } }`;
    const other = { ...TEXTS, [FILE]: PLAIN_TEXTS[FILE] ?? '', 'config/engagement.yaml': low };
    expect(resolved(other).revive('surge', playbook.source)?.steps).toHaveLength(3);
  });

  it.each([
    ['a pool is gone', { ...TEXTS, 'config/engagement.yaml': 'pools: {}' }],
    ['a fact is gone', TEXTS],
    ['it is no playbook at all', TEXTS],
  ])('is null where %s', (what, texts) => {
    const { playbook } = resolved();
    const { revive } = resolved({ ...texts, [FILE]: PLAIN_TEXTS[FILE] ?? '' });
    const text = JSON.stringify(playbook.source);
    const source: unknown = what.startsWith('a fact')
      ? JSON.parse(text.replace('cases.open > 50', 'cases.opened > 50'))
      : JSON.parse(text);
    expect(revive('surge', what.startsWith('it is') ? 'nothing' : source)).toBeNull();
  });
});
