import { describe, expect, it } from '@jest/globals';
import { IntegrationError } from '../../src/ports/errors.js';
import { PLAIN_TEXTS, problemsOf, resolveTexts, saidOf } from './texts.js';

const HEALTH = 'config/health.yaml';
const TIERS = 'config/tiers.yaml';
const SURGE = 'config/playbooks/surge.yaml';
const HUBSPOT = 'mappings/hubspot.yaml';

describe('bad input', () => {
  it('names a file that is missing', () => {
    const { [TIERS]: _gone, ...rest } = PLAIN_TEXTS;
    expect(saidOf(rest)).toEqual([
      'config/tiers.yaml the file is missing; run "truenorth init" to have it drafted, or copy the one that comes with Truenorth',
    ]);
  });

  it('names priorities that two playbooks share', () => {
    const texts = { ...PLAIN_TEXTS, 'config/playbooks/again.yaml': PLAIN_TEXTS[SURGE] ?? '' };
    expect(saidOf(texts)).toEqual([
      'config/playbooks/surge.yaml:2:11 priority 10 is used by "again" already; priorities are unique',
    ]);
  });

  it('says everything at once, over all files, as one error of kind Config', () => {
    const texts = {
      ...PLAIN_TEXTS,
      [HEALTH]: (PLAIN_TEXTS[HEALTH] ?? '')
        .replace('weight: 60', 'wight: 1\n        weight: 0')
        .replace('cases.open', 'cases.opn'),
      [TIERS]: 'tiers: [',
      [HUBSPOT]: 'contact: { x: nothing }',
    };
    const problems = problemsOf(texts);
    expect(problems.map(({ file, line }) => [file, line])).toEqual([
      [HEALTH, 5],
      [HEALTH, 6],
      [HEALTH, 12],
      [TIERS, 1],
      [HUBSPOT, 1],
    ]);
    expect(() => resolveTexts(texts)).toThrow(
      expect.objectContaining({
        name: IntegrationError.name,
        kind: 'Config',
        code: 'CONFIG_INVALID',
        retryable: false,
      }),
    );
  });

  it('finds nothing wrong with the plain texts', () => {
    expect(saidOf(PLAIN_TEXTS)).toEqual([]);
  });
});
