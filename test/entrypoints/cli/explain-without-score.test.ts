import { PassThrough } from 'node:stream';
import { expect, it } from '@jest/globals';
import { explainCommand } from '../../../src/entrypoints/cli/commands/explain.js';
import { terminal } from '../../../src/entrypoints/cli/terminal.js';
import { MAPPING } from '../../support/world/objects.js';
import { settingsWith } from '../../support/world/settings.js';
import { anAccount, aWorld, openCases } from '../../support/world/world.js';

/** Support is known of everybody, debts of nobody: two thirds of the weight are missing. */
const HEALTH = `
models:
  - id: one
    dimensions:
      support: { weight: 10, signals: { openCases: { weight: 10, curve: { linear: { from: 9, to: 0 } } } } }
      adoption: { weight: 20, signals: { debt: { weight: 10, label: Debt, value: payments.daysOverdue, curve: { linear: { from: 0, to: 100 } } } } }
guards:
  many-cases: { label: Many open cases, when: cases.open > 4, cap: 39 }
`;

it('explains a band without a score by the guard that set it', async () => {
  const settings = settingsWith({}, 'brakes: { share: 100 %, missing: 100 % }', {
    'config/health.yaml': HEALTH,
    'mappings/salesforce.yaml': MAPPING.replace(
      'churned: Churned__c }',
      'churned: Churned__c, daysOverdue: Days_Overdue__c }',
    ),
  });
  const world = aWorld({ settings });
  const [busy, quiet] = [anAccount(world, { Name: 'Busy' }), anAccount(world, { Name: 'Quiet' })];
  openCases(world, busy, 8);
  await world.sync();
  const explained = async (account: string): Promise<string> => {
    const out = new PassThrough();
    const screen = terminal({ json: false, plain: true, out, err: new PassThrough() });
    await explainCommand(world.state, screen, { account, nth: null });
    return String(out.read());
  };
  expect(await explained(busy)).toMatch(
    /Health +no score, risk, .*; too little is known for a score; the band is set by the guard many-cases\n/,
  );
  expect(await explained(quiet)).toMatch(/Health +no score, unknown, .*; too little is known for a score\n/);
});
