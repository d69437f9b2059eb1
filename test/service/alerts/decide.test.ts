import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../../src/config/load.js';
import type { AlertSettings } from '../../../src/ports/settings.js';
import { type AlertState, decide, NO_ALERTS } from '../../../src/service/alerts/decide.js';
import type { Finding } from '../../../src/service/alerts/finding.js';

const SETTINGS: AlertSettings = loadConfig('.').service.alerts;
const HOUR = 3_600_000;
const sender = { org: 'acme', publicUrl: 'https://truenorth.example.com' };

const FAILED: Finding = {
  kind: 'runFailed',
  about: 'latest',
  sentence: 'The run r1 failed: the org is down.',
  lines: [],
  over: 'Runs end well again.',
};
const PAUSED: Finding = { ...FAILED, kind: 'runPaused', sentence: 'The run r2 paused.', over: 'They go on.' };
const AT_RISK: Finding = {
  kind: 'atRisk',
  about: '1',
  sentence: 'One account is newly at risk.',
  lines: ['a'],
  over: null,
};

/** Looks one after the other: what was told at each, by subject. */
function told(
  looks: readonly (readonly [hours: number, ...findings: readonly Finding[]])[],
  settings = SETTINGS,
): readonly (readonly string[])[] {
  let state: AlertState = NO_ALERTS;
  return looks.map(([hours, ...findings]) => {
    const decision = decide(findings, state, { settings, sender, now: hours * HOUR });
    state = decision.state;
    return decision.messages.map(({ subject }) => subject.replace('[Truenorth acme] ', ''));
  });
}

const FAILED_NOW = 'The run r1 failed';
const OVER_NOW = 'Over: Runs end well again.';

describe('an alert', () => {
  it('is told at once, then not again before its quiet time is over', () => {
    expect(
      told([
        [1, FAILED],
        [2, FAILED],
        [4.9, FAILED],
        [5, FAILED],
        [6, FAILED],
      ]),
    ).toEqual([[FAILED_NOW], [], [], [FAILED_NOW], []]);
  });

  it('is told to be over, once', () => {
    expect(told([[1, FAILED], [2], [3]])).toEqual([[FAILED_NOW], [OVER_NOW], []]);
  });

  it('does not go on and off: what comes again in its quiet time is kept back until that is over', () => {
    expect(told([[1, FAILED], [1.5], [2, FAILED], [2.5], [3, FAILED], [5, FAILED], [6]])).toEqual([
      [FAILED_NOW],
      [OVER_NOW],
      [],
      [],
      [],
      [FAILED_NOW],
      [OVER_NOW],
    ]);
  });

  it('is not told to be over where nobody wants to know', () => {
    expect(told([[1, FAILED], [2]], { ...SETTINGS, resolved: false })).toEqual([[FAILED_NOW], []]);
  });

  it('that only happened is never over, and another one is news', () => {
    expect(told([[1, AT_RISK], [2], [3, { ...AT_RISK, about: '2' }]])).toEqual([
      ['One account is newly at risk'],
      [],
      ['One account is newly at risk'],
    ]);
  });

  it('that is off is not told, neither that it is over', () => {
    const kinds = { ...SETTINGS.kinds, runFailed: { send: 'off', quietHours: 0 } } as const;
    expect(told([[1, FAILED], [2]], { ...SETTINGS, kinds })).toEqual([[], []]);
  });

  it('of the digest waits there, with its end', () => {
    const first = decide([PAUSED], NO_ALERTS, { settings: SETTINGS, sender, now: HOUR });
    const second = decide([], first.state, { settings: SETTINGS, sender, now: 2 * HOUR });
    expect([...first.messages, ...second.messages]).toEqual([]);
    expect(second.state.forDigest).toEqual(['The run r2 paused.', 'They go on.']);
  });

  it('says where to look', () => {
    const { messages } = decide([AT_RISK], NO_ALERTS, { settings: SETTINGS, sender, now: HOUR });
    expect(messages).toEqual([
      {
        subject: '[Truenorth acme] One account is newly at risk',
        sections: [{ title: null, lines: ['One account is newly at risk.', 'a'] }],
        link: 'https://truenorth.example.com',
        urgency: 'now',
      },
    ]);
  });

  it('is forgotten when its time is over, so that the state does not grow', () => {
    let state = NO_ALERTS;
    for (let look = 0; look < 500; look++) {
      const finding = { ...AT_RISK, about: String(look) };
      state = decide([finding], state, { settings: SETTINGS, sender, now: look * HOUR }).state;
    }
    expect(Object.keys(state.known).length).toBeLessThanOrEqual(25);
  });
});
