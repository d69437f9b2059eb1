import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../src/config/load.js';
import { orgModel } from '../../src/install/model/index.js';

const GUIDE = readFileSync('docs/admin-guide.md', 'utf8');
const MODEL = orgModel(loadConfig('.').crm, { runningUser: null });

/** The part of the guide about one object. */
function sectionOf(object: string): string {
  const start = object === 'Account' ? '### On the account' : `(\`${object}\`)`;
  const from = GUIDE.indexOf(start);
  expect(from).toBeGreaterThan(0);
  const end = GUIDE.slice(from).search(/\n##/);
  return GUIDE.slice(from, from + end);
}

describe('docs/admin-guide.md', () => {
  it('says of every field what it is called and what it means', () => {
    const untold = MODEL.fields
      .filter(({ object, name, label, help }) => {
        const row = sectionOf(object)
          .split('\n')
          .find((line) => line.startsWith(`| ${label} | \`${name}\` |`));
        return row?.endsWith(`| ${help} |`) !== true;
      })
      .map(({ object, name }) => `${object}.${name}`);
    expect(untold).toEqual([]);
  });

  it('tells of no field that is not there', () => {
    const known = new Set(MODEL.fields.map(({ name }) => name));
    const told = [...GUIDE.matchAll(/^\| [^|]+ \| `(\w+__c)` \|/gm)].map(([, name]) => name);
    expect(told.filter((name) => !known.has(String(name)))).toEqual([]);
  });

  it('names every permission set, list view of the account, button and page', () => {
    const names = [
      ...MODEL.permissionSets.map(({ label }) => label),
      ...MODEL.listViews.filter(({ object }) => object === 'Account').map(({ label }) => label),
      ...MODEL.quickActions.map(({ label }) => label),
      ...MODEL.pages.map(({ label }) => label),
      `${MODEL.dashboards.length} dashboards`,
    ];
    expect(names.filter((name) => !GUIDE.includes(name))).toEqual([]);
  });
});
