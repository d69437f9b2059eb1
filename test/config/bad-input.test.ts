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
    const again = (PLAIN_TEXTS[SURGE] ?? '').replace('Surge list', 'Another list');
    const texts = { ...PLAIN_TEXTS, 'config/playbooks/again.yaml': again };
    expect(saidOf(texts)).toEqual([
      'config/playbooks/surge.yaml:2:11 priority 10 is used by "again" already; priorities are unique',
    ]);
  });

  it('names a list that two steps share, however it is capitalised', () => {
    const again = (PLAIN_TEXTS[SURGE] ?? '')
      .replace('priority: 10', 'priority: 11')
      .replace('Surge list', 'surge LIST');
    expect(saidOf({ ...PLAIN_TEXTS, 'config/playbooks/again.yaml': again })).toEqual([
      'config/playbooks/surge.yaml:6:49 the list "Surge list" is used by again/first already; each step needs a list of its own',
    ]);
  });

  it('names a playbook file whose name is no id', () => {
    const { [SURGE]: playbook = '', ...rest } = PLAIN_TEXTS;
    expect(saidOf({ ...rest, 'config/playbooks/big surge.yaml': playbook })).toEqual([
      'config/playbooks/big surge.yaml the file’s name is the playbook’s id: letters, digits and hyphens only',
    ]);
  });

  it('refuses aliases, which could make a small file huge', () => {
    const texts = { ...PLAIN_TEXTS, [TIERS]: `x: &x [1]\n${PLAIN_TEXTS[TIERS] ?? ''}y: *x\n` };
    expect(saidOf(texts)).toContain(
      'config/tiers.yaml:1:1 aliases (*name) are not used here; write the value out',
    );
  });

  it('loads custom fields as facts of their own, in signals too', () => {
    const texts = {
      ...PLAIN_TEXTS,
      [HEALTH]: (PLAIN_TEXTS[HEALTH] ?? '').replace(
        'value: cases.open',
        'value: custom.complaints + cases.open',
      ),
      'mappings/salesforce.yaml': (PLAIN_TEXTS['mappings/salesforce.yaml'] ?? '').replace(
        'object: Account',
        'object: Account\n    custom: { complaints: { field: Complaints__c, type: number, label: complaints } }',
      ),
    };
    expect(resolveTexts(texts).health.models[0]?.dimensions[1]?.signals[0]?.value.facts).toEqual([
      'cases.open',
      'custom.complaints',
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
