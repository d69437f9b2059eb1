import { describe, expect, it } from '@jest/globals';
import { PLAIN_TEXTS, resolveTexts, withChange } from './texts.js';

const HEALTH = 'config/health.yaml';
const SALESFORCE = 'mappings/salesforce.yaml';

function messagesOf(texts: Readonly<Record<string, string>>): readonly string[] {
  return resolveTexts(texts).notes.map(({ file, line, message }) => `${file}:${line} ${message}`);
}

describe('what can’t be known with what is mapped', () => {
  it('leaves a signal out of the model and says which fact is missing', () => {
    const texts = withChange(HEALTH, 'openNow: {', 'criticalCases: 10\n          openNow: {');
    const { health } = resolveTexts(texts);
    expect(health.models[0]?.dimensions.map(({ signals }) => signals.map(({ id }) => id))).toEqual([
      ['seatUse'],
      ['openNow'],
    ]);
    expect(messagesOf(texts)).toEqual([
      'config/health.yaml:8 dimension "support" is scored without criticalCases: cases.openCritical can’t be known with what is mapped',
    ]);
  });

  it('leaves out a dimension of which nothing is left', () => {
    const texts = withChange(HEALTH, 'openNow: {', 'criticalCases: 10\n          #');
    expect(resolveTexts(texts).health.models[0]?.dimensions.map(({ id }) => id)).toEqual(['adoption']);
  });

  it('refuses a last model of which nothing is left', () => {
    const texts = withChange(SALESFORCE, 'object: Case', 'object: Case\n    where: "1 = 1"');
    const bare =
      texts[SALESFORCE]
        ?.replace('seats: Seats__c, activeUsers: Users__c', '')
        .replace('closed: IsClosed', '') ?? '';
    expect(() => resolveTexts({ ...texts, [SALESFORCE]: bare })).toThrow(
      'nothing of the model "ongoing" can be known',
    );
  });

  it('leaves out guards, watermelon signs, and models whose condition can’t be answered', () => {
    const more = `guards: { overdue: { label: Overdue, when: payments.daysOverdue > 60, cap: 69 } }
watermelon:
  dimensions: [support]
  signs:
    agreed: { label: Never agreed, when: '!has(account.criteriaAgreedOn)' }
    long: { label: Never agreed for long, when: 'account.tenureDays > 180 && !has(account.criteriaAgreedOn)' }
models:
  - id: onboarding
    when: account.tenureDays < 90
    dimensions: { support: { weight: 1, signals: { openCases: 1 } } }`;
    const texts = withChange(HEALTH, 'models:', more);
    const { health } = resolveTexts(texts);
    expect(health.models.map(({ id, guards }) => [id, guards])).toEqual([['ongoing', []]]);
    expect(health.watermelon).toMatchObject({ dimensions: ['support'], signs: [] });
    expect(messagesOf(texts)).toHaveLength(4);
  });

  it('keeps what can be answered without the unknown part', () => {
    const texts = withChange(
      'config/playbooks/surge.yaml',
      'cases.open > 3',
      'cases.open > 3 || account.strategic',
    );
    expect(messagesOf(texts)).toEqual([]);
  });

  it('notes a playbook that never starts, and a measure that nobody knows', () => {
    const playbook = withChange('config/playbooks/surge.yaml', 'cases.open > 3', 'account.strategic');
    expect(messagesOf(playbook)).toEqual([
      'config/playbooks/surge.yaml:3 this playbook never starts: account.strategic can’t be known with what is mapped',
    ]);
    const measure = withChange('config/tiers.yaml', 'policy:', 'measure: account.serviceRevenue\npolicy:');
    expect(messagesOf(measure)).toEqual([
      'config/tiers.yaml:2 every account stays unassigned: account.serviceRevenue can’t be known with what is mapped',
    ]);
  });

  it('says in one sentence which playbooks wait, and in one which of their conditions never hold', () => {
    const surge = PLAIN_TEXTS['config/playbooks/surge.yaml'] ?? '';
    const other = (id: number, from: string, to: string) =>
      surge.replace('priority: 10', `priority: ${id}`).replace('Surge list', `List ${id}`).replace(from, to);
    const texts = {
      ...PLAIN_TEXTS,
      'config/playbooks/a.yaml': other(11, 'cases.open > 3', 'account.strategic'),
      'config/playbooks/b.yaml': other(12, 'roles: [user]', 'roles: [user], when: payments.failed > 1'),
      'config/playbooks/c.yaml': other(13, 'cases.open > 3', 'daysSince(program.release) > 1'),
      'config/playbooks/d.yaml': `${other(14, '', '')}goal: { when: account.wantsContact, withinDays: 30 }\n`,
      'config/playbooks/e.yaml': `${other(15, '', '')}exits: { when: payments.creditHold }\n`,
    };
    expect(messagesOf(texts)).toEqual([
      'config/playbooks:null 3 playbooks wait for facts that are not mapped, or for days that are not set: a (account.strategic), b (payments.failed), c (program.release)',
      'config/playbooks:null 2 conditions in playbooks never hold, since they need facts that are not mapped: d goal.when (account.wantsContact), e exits.when (payments.creditHold)',
    ]);
  });

  it('counts what Truenorth observes itself as known, and moments only where there are some', () => {
    const answered = withChange(
      'config/playbooks/surge.yaml',
      'cases.open > 3',
      'engagement.replied90 > 0 && health.score < 50 && tier.locked',
    );
    expect(messagesOf(answered)).toEqual([]);
    const late = withChange('config/playbooks/surge.yaml', 'cases.open > 3', 'moments.overdue > 0');
    expect(messagesOf(late)).toHaveLength(1);
    const plan = 'onboarding: { a: { label: A, dueDay: 1, done: cases.open == 0, objective: O } }';
    expect(messagesOf({ ...late, 'config/moments.yaml': plan })).toEqual([]);
  });

  it('knows a day of the program once it is set', () => {
    const texts = withChange(
      'config/playbooks/surge.yaml',
      'cases.open > 3',
      'daysSince(program.release) > 1',
    );
    expect(messagesOf(texts)).toHaveLength(1);
    expect(messagesOf({ ...texts, 'config/engagement.yaml': 'dates: { release: 2026-11-03 }' })).toEqual([]);
  });

  it('narrows the breadth of the model', () => {
    const broad = resolveTexts(PLAIN_TEXTS).health.modelBreadth;
    const narrow = resolveTexts(withChange(SALESFORCE, ', closed: IsClosed', ', priority: Priority')).health
      .modelBreadth;
    expect(narrow).toBeLessThan(broad);
  });
});

describe('a signal of the catalogue', () => {
  const ownLine = 'openNow: { label: cases open, value: cases.open, curve: { linear: { from: 8, to: 0 } } }';

  it('brings curve, words and weight along', () => {
    const texts = withChange(HEALTH, ownLine, 'openCases: {}');
    expect(resolveTexts(texts).health.models[0]?.dimensions[1]?.signals[0]).toMatchObject({
      id: 'openCases',
      label: 'cases open',
      unit: 'cases',
      weight: 10,
      curves: [{ when: null, curve: { shape: 'linear', from: 8, to: 0 } }],
    });
  });

  it('takes a bare number as its weight', () => {
    const texts = withChange(HEALTH, ownLine, 'openCases: 25');
    expect(resolveTexts(texts).health.models[0]?.dimensions[1]?.signals[0]?.weight).toBe(25);
  });

  it('keeps what is not overridden', () => {
    const texts = withChange(
      HEALTH,
      ownLine,
      'openCases: { curve: { linear: { from: 20, to: 5 } }, freshFor: 3, text: null }',
    );
    expect(resolveTexts(texts).health.models[0]?.dimensions[1]?.signals[0]).toMatchObject({
      label: 'cases open',
      weight: 10,
      freshFor: 3,
      text: null,
      curves: [{ when: null, curve: { shape: 'linear', from: 20, to: 5 } }],
    });
  });
});

describe('the version of the policy', () => {
  const version = (texts: Readonly<Record<string, string>>) => resolveTexts(texts).health.version;

  it('stays when comments, spacing or the order of keys change', () => {
    const same = withChange(
      HEALTH,
      '{ label: cases open, value: cases.open,',
      '{ value: cases.open, label: "cases open", # same\n           ',
    );
    expect(version(same)).toBe(version(PLAIN_TEXTS));
  });

  it('changes with a weight, a curve, an expression, or what is mapped of the model', () => {
    const changed = [
      withChange(HEALTH, 'weight: 60', 'weight: 61'),
      withChange(HEALTH, 'from: 8', 'from: 9'),
      withChange(HEALTH, 'value: cases.open', 'value: cases.open + 0'),
      withChange(SALESFORCE, ', closed: IsClosed', ''),
    ];
    const versions = [PLAIN_TEXTS, ...changed].map(version);
    expect(new Set(versions).size).toBe(versions.length);
  });
});
