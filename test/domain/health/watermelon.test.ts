import { describe, expect, it } from '@jest/globals';
import type { FactValue } from '../../../src/domain/facts/fact.js';
import { assessHealth } from '../../../src/domain/health/assess-health.js';
import { driverTexts } from '../../../src/domain/health/words.js';
import { aDimension, aModel, aPolicy, aSignal, factsOf, TODAY, whenPositive } from './builders.js';

const model = aModel(['adoption', 'support', 'sentiment'].map((id) => aDimension(id, [aSignal(id)])));
const watermelon = {
  surface: 'adoption',
  dimensions: ['support', 'sentiment', 'relationship'],
  signs: [{ id: 'stale', label: 'criteria not reviewed', when: whenPositive('stale') }],
  cap: 69,
};

function assess(values: Readonly<Record<string, FactValue>>, cap: number | null = 69) {
  const policy = aPolicy(model, { watermelon: { ...watermelon, cap } });
  return assessHealth({ policy, facts: factsOf(values), pulse: null, base: null, today: TODAY }).assessment;
}

describe('the watermelon flag', () => {
  it('is raised by a hidden side in risk under a healthy surface', () => {
    expect(assess({ adoption: 95, support: 20, sentiment: 80, stale: 0 }).watermelon).toBe(true);
    expect(assess({ adoption: 95, support: 90, sentiment: 80, stale: 1 }).watermelon).toBe(true);
  });

  it('is unknown, not false, while a hidden side is', () => {
    expect(assess({ adoption: 95, support: 90, sentiment: null, stale: 0 }).watermelon).toBeNull();
    expect(assess({ adoption: 95, support: 90, sentiment: 80, stale: null }).watermelon).toBeNull();
    expect(assess({ adoption: null, support: 10, sentiment: 80, stale: 0 }).watermelon).toBeNull();
  });

  it('is raised by what is known, whatever else is not', () => {
    expect(assess({ adoption: 95, support: 10, sentiment: null, stale: null }).watermelon).toBe(true);
  });

  it('is false where the surface is not healthy or no side contradicts', () => {
    expect(assess({ adoption: 60, support: 10, sentiment: null, stale: null }).watermelon).toBe(false);
    expect(assess({ adoption: 95, support: 60, sentiment: 80, stale: 0 }).watermelon).toBe(false);
  });

  it('says why in words, by labels, also where a stronger guard holds the score', () => {
    const labelled = aModel(
      [
        aDimension('adoption', [aSignal('adoption')], { label: 'Adoption' }),
        aDimension('support', [aSignal('support')], { label: 'Support' }),
      ],
      [{ id: 'silent', label: 'Nobody logs in', when: whenPositive('silent'), cap: 39 }],
    );
    const policy = aPolicy(labelled, { watermelon });
    const facts = factsOf({ adoption: 95, support: 20, stale: 1, silent: 1 });
    const { assessment } = assessHealth({ policy, facts, pulse: null, base: null, today: TODAY });
    const why = 'Adoption looks healthy, yet: Support is in risk; criteria not reviewed';
    expect(assessment).toMatchObject({ guards: ['silent', 'watermelon'], watermelonReason: why });
    expect(driverTexts(assessment, policy).long).toContain(`Also holding: ${why}`);
    expect(assess({ adoption: 95, support: 90, sentiment: 80, stale: 0 }).watermelonReason).toBeNull();
  });

  it('holds the score at the top of watch, or flags alone where no cap is set', () => {
    const facts = { adoption: 100, support: 100, sentiment: 35, stale: 0 };
    expect(assess(facts)).toMatchObject({ score: 6900, band: 'watch', guards: ['watermelon'] });
    expect(assess(facts, null)).toMatchObject({ score: 7833, band: 'healthy', guards: [] });
  });
});
