import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';

const run = promisify(execFile);

/** The first of five months, and the day of the servers: a run each, as a schedule would have made them. */
const RUNS = ['2026-07-26', '2026-08-26', '2026-09-26', '2026-10-26', '2026-11-26'].map(
  (day) => `${day}T08:00:00Z`,
);
export const NOW = RUNS.at(-1);

/**
 * Installs into the embedded org, carries out a run a month, and reads an account in risk over HTTP: its row as the
 * component's wires would have it, and its history: snapshot records where the org holds them, else what each run wrote.
 */
export async function accountAfterRuns({ node, launcher, folder, envFile, salesforce }) {
  const truenorth = (...args) => run(node, ['--', launcher, ...args, '--dir', folder, '--env-file', envFile]);
  const soql = soqlOf(salesforce);
  await truenorth('init', '--yes');
  await truenorth('install', '--apply');
  const names = writtenNames(folder);
  const written = new Map();
  for (const now of RUNS) {
    await truenorth('sync', '--apply', '--now', now);
    const rows = await soql(`SELECT Id, Name, ${Object.values(names).join(', ')} FROM Account ORDER BY Id`);
    for (const row of rows)
      written.set(row.Id, [...(written.get(row.Id) ?? []), { on: now.slice(0, 10), row }]);
  }
  const days = [...written.values()].sort((a, b) => toldBy(b, names) - toldBy(a, names))[0];
  const account = days.at(-1).row;
  return { names, account, snapshots: (await snapshotsOf(soql, account.Id)) ?? derived(days, names) };
}

function soqlOf({ url, accessToken }) {
  return async (text) => {
    const headers = { authorization: `Bearer ${accessToken}` };
    const answer = await fetch(`${url}/services/data/v62.0/query?q=${encodeURIComponent(text)}`, { headers });
    const body = await answer.json();
    if (!answer.ok) throw Object.assign(new Error(body[0]?.message), { code: body[0]?.errorCode });
    return body.records;
  };
}

function writtenNames(folder) {
  const { write } = parse(readFileSync(join(folder, 'mappings', 'salesforce.yaml'), 'utf8'));
  return Object.fromEntries(Object.entries(write).map(([word, to]) => [word, to.field ?? to]));
}

/** How much the page of a customer of old has to tell: known all along, with bands that changed, work that runs, a waiting move. */
function toldBy(days, names) {
  const bands = days.map(({ row }) => row[names.band]);
  const now = days.at(-1).row;
  if (days.some(({ row }) => row[names.phase] !== 'ongoing')) return 0;
  if (bands.at(-1) === 'healthy' || bands.includes('unknown') || bands.includes(null)) return 0;
  const running = (now[names.activePlaybooks] ?? '').split('; ').filter(Boolean).length;
  const moves = (now[names.trend] === 'down' ? 50 : 0) + (now[names.tierWaitingFor] === null ? 0 : 20);
  return (
    new Set(bands).size * 100 +
    Math.min(running, 2) * 40 +
    moves +
    now[names.driversDetail].split('\n').length
  );
}

async function snapshotsOf(soql, account) {
  try {
    const rows = await soql(
      `SELECT Snapshot_On__c, Score__c, Band__c FROM Health_Snapshot__c WHERE Account__c = '${account}'`,
    );
    return rows.length > 1 ? rows : null;
  } catch (error) {
    if (error.code === 'INVALID_TYPE') return null;
    throw error;
  }
}

function derived(days, names) {
  return days.map(({ on, row }) => ({
    Snapshot_On__c: on,
    Score__c: row[names.score],
    Band__c: row[names.band],
  }));
}
