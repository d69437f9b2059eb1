import { describe, expect, it } from '@jest/globals';
import type { Pulse } from '../../../src/domain/health/assessment.js';
import {
  aDimension,
  aModel,
  aPolicy,
  aSignal,
  assessDays,
  factsOf,
  plainPolicy,
  TODAY,
  whenPositive,
} from './builders.js';

function aPulse(over: Partial<Pulse> = {}): Pulse {
  return { band: 'risk', setOn: TODAY, expiresOn: null, reason: null, by: null, ...over };
}

function verdicts(days: Parameters<typeof assessDays>[0], policy = plainPolicy()) {
  return assessDays(days, policy).map(({ assessment }) => [assessment.band, assessment.bandSource]);
}

const x = (value: number) => ({ facts: factsOf({ x: value }) });

describe('a pulse', () => {
  it('sets the band and never the score', () => {
    const [only] = assessDays([{ ...x(90), pulse: aPulse() }], plainPolicy());
    expect(only?.assessment.band).toBe('risk');
    expect(only?.assessment.modelBand).toBe('healthy');
    expect(only?.assessment.shownScore).toBe(90);
  });

  it('holds on the day it expires, and no longer', () => {
    const pulse = aPulse({ expiresOn: TODAY + 1 });
    const days = [0, 1, 2].map(() => ({ ...x(90), pulse }));
    expect(verdicts(days)).toEqual([
      ['risk', 'pulse'],
      ['risk', 'pulse'],
      ['healthy', 'model'],
    ]);
    expect(assessDays(days, plainPolicy())[0]?.dueOn).toBe(TODAY + 2);
  });

  it('is beaten by a band of the model that changes after the day it was set', () => {
    const pulse = aPulse({ band: 'healthy', setOn: TODAY + 1 });
    const days = [x(90), { ...x(50), pulse }, { ...x(50), pulse }, { ...x(20), pulse }, { ...x(20), pulse }];
    expect(verdicts(days)).toEqual([
      ['healthy', 'model'],
      ['healthy', 'pulse'],
      ['healthy', 'pulse'],
      ['risk', 'model'],
      ['risk', 'model'],
    ]);
  });

  it('is not beaten by a guard that held already, but by one that comes', () => {
    const guards = ['g', 'h'].map((id) => ({ id, label: id, cap: 30, when: whenPositive(id) }));
    const policy = aPolicy(aModel([aDimension('a', [aSignal('x')])], guards));
    const pulse = aPulse({ band: 'healthy', setOn: TODAY + 1 });
    const day = (g: number, h: number) => ({ facts: factsOf({ x: 90, g, h }), pulse });
    expect(verdicts([day(1, 0), day(1, 0), day(1, 0), day(1, 1)], policy)).toEqual([
      ['risk', 'guard'],
      ['healthy', 'pulse'],
      ['healthy', 'pulse'],
      ['risk', 'guard'],
    ]);
  });

  it('leaves the calm of the model alone', () => {
    const pulse = aPulse({ band: 'watch' });
    const days = [75, 69].map((value) => ({ ...x(value), pulse }));
    expect(assessDays(days, plainPolicy()).map(({ assessment }) => assessment.modelBand)).toEqual([
      'healthy',
      'healthy',
    ]);
  });

  it('gives a band where too little is known, and outlives the gap', () => {
    const pulse = aPulse({ band: 'watch' });
    const gap = { facts: factsOf({ x: null }), pulse };
    expect(verdicts([{ ...x(90), pulse }, gap, { ...x(90), pulse }])).toEqual([
      ['watch', 'pulse'],
      ['watch', 'pulse'],
      ['watch', 'pulse'],
    ]);
  });
});
