import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  aPackage,
  deploy,
  type MetadataServer,
  objectWith,
  SCORE,
  startMetadataServer,
} from './metadata-server.js';

const ROOT = join(process.cwd(), 'test/fixtures/sfdx/force-app/main/default');

/** A file of the SFDX fixture, as it lies in a zip. */
function fixture(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8').replaceAll('Proof_Score__c', 'Score__c');
}

const FILES = {
  'objects/Account.object': objectWith(SCORE),
  'reports/Proof-meta.xml': fixture('reports/Proof.reportFolder-meta.xml'),
  'reports/Proof/Score_by_Type.report': fixture('reports/Proof/Score_by_Type.report-meta.xml'),
  'dashboards/Proof-meta.xml': fixture('dashboards/Proof.dashboardFolder-meta.xml'),
  'dashboards/Proof/Scores.dashboard': fixture('dashboards/Proof/Scores.dashboard-meta.xml'),
};
const MEMBERS = {
  CustomField: ['Account.Score__c'],
  Report: ['Proof', 'Proof/Score_by_Type'],
  Dashboard: ['Proof', 'Proof/Scores'],
};

describe('reports and dashboards', () => {
  let server: MetadataServer;
  beforeAll(async () => {
    server = await startMetadataServer();
  });
  afterAll(() => server.close());

  async function problems(path: keyof typeof FILES, from: string, to: string): Promise<readonly unknown[]> {
    const changed = FILES[path].replace(from, to);
    expect(changed).not.toBe(FILES[path]);
    const result = await deploy(server, aPackage(MEMBERS, { ...FILES, [path]: changed }), {
      checkOnly: true,
    });
    return result.details.componentFailures.map((one) => one.problem);
  }

  it('are taken as the fixture has them, in canonical order', async () => {
    const result = await deploy(server, aPackage(MEMBERS, FILES), { checkOnly: true });

    expect(result.details.componentFailures).toEqual([]);
    expect(result.details.componentSuccesses.filter((one) => one.problemType === 'Warning')).toEqual([]);
    expect(readdirSync(ROOT)).toContain('dashboards');
  });

  const REPORT = 'reports/Proof/Score_by_Type.report';
  const DASHBOARD = 'dashboards/Proof/Scores.dashboard';

  it.each([
    [
      'a summary without grouping',
      REPORT,
      /<groupingsDown>[\s\S]*<\/groupingsDown>/,
      '',
      /needs at least one grouping/,
    ],
    [
      'a column that is nowhere',
      REPORT,
      /Account\.Score__c/,
      'Account.Nowhere__c',
      /Invalid field name: Account.Nowhere__c/,
    ],
    ['a report type that is nowhere', REPORT, /AccountList/, 'Nowhere__c', /invalid report type/],
    ['an unknown format', REPORT, /Summary/, 'Pretty', /enum 'ReportFormat'/],
  ] as const)('are refused for %s', async (_name, path, from, to, problem) => {
    const found = FILES[path].match(from)?.[0] ?? '';

    const refused = await problems(path, found, to);

    expect(refused).toContainEqual(expect.stringMatching(problem));
  });

  it('are refused for a dashboard that shows a report that is nowhere or leaves its grid', async () => {
    expect(await problems(DASHBOARD, 'Proof/Score_by_Type', 'Proof/Nowhere')).toEqual([
      'In field: report - no Report named Proof/Nowhere found',
    ]);
    expect(await problems(DASHBOARD, '<colSpan>6', '<colSpan>13')).toEqual([
      'Component reaches beyond the 12 columns of the grid',
    ]);
  });
});
