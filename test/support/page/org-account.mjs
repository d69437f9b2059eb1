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
 * Installs into the embedded org, carries out a run a month, has a person file a pulse before the last one, and reads that
 * account over HTTP: its row and its snapshot records.
 */
export async function accountAfterRuns({ node, launcher, folder, envFile, salesforce }) {
  const truenorth = (...args) => run(node, ['--', launcher, ...args, '--dir', folder, '--env-file', envFile]);
  const org = orgAs(salesforce, salesforce.accessToken);
  await truenorth('init', '--yes');
  await truenorth('install', '--apply');
  const names = writtenNames(folder);
  const written = new Map();
  const sync = async (now) => {
    await truenorth('sync', '--apply', '--now', now);
    const rows = await org.soql(
      `SELECT Id, Name, ${Object.values(names).join(', ')} FROM Account ORDER BY Id`,
    );
    for (const row of rows) written.set(row.Id, [...(written.get(row.Id) ?? []), row]);
  };
  for (const now of RUNS.slice(0, -1)) await sync(now);
  const chosen = [...written.values()].sort((a, b) => toldBy(b, names) - toldBy(a, names))[0];
  await filePulse(salesforce, chosen[0].Id);
  await sync(NOW);
  const account = written.get(chosen[0].Id).at(-1);
  const snapshots = await org.soql(
    `SELECT Snapshot_On__c, Score__c, Band__c FROM Health_Snapshot__c WHERE Account__c = '${account.Id}'`,
  );
  return { names, account, snapshots };
}

/** A person with the permission set for CSMs says what no number shows. */
async function filePulse(salesforce, account) {
  const org = orgAs(salesforce, salesforce.adminAccessToken);
  const [user] = await org.soql(`SELECT Id FROM User WHERE Username = '${salesforce.adminUsername}'`);
  const [set] = await org.soql("SELECT Id FROM PermissionSet WHERE Name = 'Truenorth_CSM'");
  await org.create('PermissionSetAssignment', { AssigneeId: user.Id, PermissionSetId: set.Id });
  await org.create('Health_Pulse__c', {
    Account__c: account,
    Value__c: 'risk',
    Reason__c: 'Our champion leaves at the end of the year, and nobody has been named to follow.',
    Expires_On__c: '2027-01-31',
  });
}

function orgAs({ url }, token) {
  const ask = async (path, init) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = await fetch(`${url}/services/data/v62.0${path}`, { ...init, headers });
    const body = await answer.json();
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${body[0]?.message}`);
    return body;
  };
  return {
    soql: async (text) => (await ask(`/query?q=${encodeURIComponent(text)}`)).records,
    create: (object, values) => ask(`/sobjects/${object}`, { method: 'POST', body: JSON.stringify(values) }),
  };
}

function writtenNames(folder) {
  const { write } = parse(readFileSync(join(folder, 'mappings', 'salesforce.yaml'), 'utf8'));
  return Object.fromEntries(Object.entries(write).map(([word, to]) => [word, to.field ?? to]));
}

/** How much the page of a customer of old has to tell: known all along, with bands that changed, work that runs, a waiting move. */
function toldBy(rows, names) {
  const bands = rows.map((row) => row[names.band]);
  const now = rows.at(-1);
  if (rows.some((row) => row[names.phase] !== 'ongoing')) return 0;
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
