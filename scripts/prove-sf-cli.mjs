// Proof that the embedded Salesforce org speaks to the real Salesforce CLI:
//   node scripts/prove-sf-cli.mjs [--cli FOLDER] [--program FILE] [--only-fixture] [--keep]
// Prints each step as passed or failed; exit code 0 only when all passed.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findNode, ROOT, tooOld } from './runtime.mjs';
import { startSandbox } from './sandbox-process.mjs';
import { cliRunner, installCli, reasonIn } from './sf-cli.mjs';

const { values: flags } = parseArgs({
  options: {
    cli: { type: 'string', default: join(tmpdir(), 'truenorth-sf-cli') },
    program: { type: 'string', default: join(ROOT, 'dist', 'entrypoints', 'cli', 'main.js') },
    'only-fixture': { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const ACCOUNTS = 250;
const API = '/services/data/v62.0';

const node = findNode();
if (node === null) throw new Error(tooOld());
const version = installCli(flags.cli);
const work = mkdtempSync(join(tmpdir(), 'truenorth-proof-'));
const project = join(work, 'sfdx');
cpSync(join(ROOT, 'test', 'fixtures', 'sfdx'), project, { recursive: true });
const envFile = join(work, 'sandbox.env');
const { sandbox, salesforce } = await startSandbox({
  node,
  program: flags.program,
  envFile,
  accounts: ACCOUNTS,
});
const sf = cliRunner({ folder: flags.cli, node, home: join(work, 'home'), cwd: project });
console.log(`Salesforce CLI ${version} against ${salesforce.url}`);

let failed = 0;
try {
  for (const [name, step] of steps()) await run(name, step);
} finally {
  sandbox.kill('SIGTERM');
  if (!flags.keep) rmSync(work, { recursive: true, force: true });
}
console.log(failed === 0 ? 'All steps passed.' : `${failed} steps failed.`);
process.exitCode = failed === 0 ? 0 : 1;

async function run(name, step) {
  const began = performance.now();
  const time = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
  try {
    const said = await step();
    console.log(`pass  ${name}${said ? `: ${said}` : ''}  (${time()})`);
  } catch (problem) {
    failed += 1;
    console.log(`FAIL  ${name}  (${time()})\n      ${problem.message.replaceAll('\n', '\n      ')}`);
  }
}

function steps() {
  return [
    ['org login access-token', loginWithToken],
    ['org display', displayOrg],
    ['org login jwt', loginWithJwt],
    ['sobject describe', describeAccount],
    ['data query, as JSON and as a table', query],
    ['data export bulk', exportInBulk],
    ['project deploy start, over SOAP', () => deploySource('soap', 'Created')],
    ['project deploy start again, over REST, changes nothing', () => deploySource('rest', 'Unchanged')],
    ['a refused deploy names file, line and reason', deployMistake],
    ['new fields are invisible before the permission set', () => fieldsVisible(false)],
    ['org assign permset', () => assign('Proof_User')],
    ['new fields are visible with the permission set', () => fieldsVisible(true)],
    ['data upsert bulk, new rows', () => upsertInBulk(40, 'Created')],
    ['data upsert bulk, the same rows', () => upsertInBulk(60, 'Updated')],
    ['project retrieve start', retrieveSource],
    ['org list metadata', listMetadata],
    ['data query --use-tooling-api, as a table', queryTooling],
    ['everything exists by REST', everythingExists],
    ...(flags['only-fixture']
      ? []
      : [
          ['truenorth install --out, deployed by the CLI', deployInstall],
          ['every part that the folder names exists', installedExists],
          ['the score is invisible before a permission set', () => scoreVisible(false)],
          ['with Truenorth_CSM: the score can be read only, a pulse can be filed', csmFiles],
          ['with Truenorth_Integration: the score can be written', integrationWrites],
          ['project deploy validate of it, by the CLI', validateInstall],
          ['truenorth install finds nothing to create or change', installFindsNothing],
        ]),
  ];
}

function expect(truth, sentence) {
  if (!truth) throw new Error(sentence);
}

/** Runs a CLI command with --json and gives its result; a failed one throws with all it said. */
function ask(args, env) {
  const { status, text, json } = sf([...args, '--json'], env);
  expect(
    status === 0 && json?.status === 0,
    `sf ${args.join(' ')} ended with ${status}:\n${reasonIn(json) ?? text.slice(0, 2_000)}`,
  );
  return json.result;
}

async function rest(path) {
  const headers = { authorization: `Bearer ${salesforce.adminAccessToken}` };
  const answer = await fetch(`${salesforce.url}${API}${path}`, { headers });
  expect(answer.ok, `GET ${path} answered ${answer.status}: ${(await answer.clone().text()).slice(0, 300)}`);
  return answer.json();
}

async function soql(text) {
  return rest(`/query?q=${encodeURIComponent(text)}`);
}

function loginWithToken() {
  const args = [
    'org',
    'login',
    'access-token',
    '--instance-url',
    salesforce.url,
    '--no-prompt',
    '--alias',
    'proof',
  ];
  const { username } = ask([...args, '--set-default'], { SF_ACCESS_TOKEN: salesforce.adminAccessToken });
  expect(username === salesforce.adminUsername, `logged in as ${username}`);
}

function displayOrg() {
  const org = ask(['org', 'display', '--target-org', 'proof']);
  expect(
    org.connectedStatus === 'Connected' || org.username === salesforce.adminUsername,
    JSON.stringify(org),
  );
}

/** The same user, so it takes the place of the first login: what follows runs on it. */
function loginWithJwt() {
  const key = join(work, 'jwt.key');
  writeFileSync(key, salesforce.privateKey, { mode: 0o600 });
  const who = ['--username', salesforce.adminUsername, '--client-id', salesforce.adminClientId];
  const where = ['--jwt-key-file', key, '--instance-url', salesforce.loginUrl, '--alias', 'proof'];
  ask(['org', 'login', 'jwt', ...who, ...where]);
  expect(
    ask(['org', 'display', '--target-org', 'proof']).username === salesforce.adminUsername,
    'wrong user',
  );
}

function describeAccount() {
  const { name, fields } = ask(['sobject', 'describe', '--sobject', 'Account', '--target-org', 'proof']);
  expect(name === 'Account' && fields.some((field) => field.name === 'Name'), 'no Account.Name');
  return `${fields.length} fields`;
}

function query() {
  const text = 'SELECT Id, Name, Owner.Name FROM Account ORDER BY Name LIMIT 5';
  const args = ['data', 'query', '--query', text, '--target-org', 'proof'];
  const { records } = ask(args);
  expect(records.length === 5, `${records.length} records`);
  const table = sf(args);
  expect(
    table.status === 0 && table.text.includes(records[0].Name),
    `as a table:\n${table.text.slice(0, 800)}`,
  );
}

async function exportInBulk() {
  const file = join(work, 'accounts.csv');
  const text = 'SELECT Id, Name, Industry FROM Account';
  const what = ['--query', text, '--output-file', file, '--result-format', 'csv', '--wait', '3'];
  ask(['data', 'export', 'bulk', ...what, '--target-org', 'proof']);
  const rows = readFileSync(file, 'utf8').trim().split('\n').length - 1;
  const { totalSize } = await soql('SELECT COUNT() FROM Account');
  expect(rows >= totalSize, `${rows} rows exported, ${totalSize} in the org`);
  return `${totalSize} accounts`;
}

function deploySource(transport, expected) {
  const env = { SF_ORG_METADATA_REST_DEPLOY: String(transport === 'rest') };
  const result = ask(['project', 'deploy', 'start', '--target-org', 'proof', '--wait', '3'], env);
  const states = new Set(result.files.map((file) => file.state));
  expect(states.size === 1 && states.has(expected), `states: ${[...states].join(', ')}`);
  return `${result.files.length} components ${expected.toLowerCase()}`;
}

function deployMistake() {
  const file = join(project, 'force-app/main/default/objects/Account/fields/Proof_Mistake__c.field-meta.xml');
  const content =
    '<fullName>Proof_Mistake__c</fullName><label>Mistake</label><length>300</length><type>Text</type>';
  writeFileSync(
    file,
    `<CustomField xmlns="http://soap.sforce.com/2006/04/metadata">${content}</CustomField>`,
  );
  const { status, json } = sf([
    'project',
    'deploy',
    'start',
    '--target-org',
    'proof',
    '--wait',
    '3',
    '--json',
  ]);
  rmSync(file);
  const [failure] = [json?.result?.details?.componentFailures].flat();
  expect(status !== 0 && failure?.fullName === 'Account.Proof_Mistake__c', JSON.stringify(failure));
  expect(failure.lineNumber > 0 && /between 1 and 255/.test(failure.problem), JSON.stringify(failure));
  return failure.problem;
}

async function fieldsVisible(expected) {
  const { fields } = await rest('/sobjects/Account/describe');
  const visible = fields.some((field) => field.name === 'Proof_Score__c');
  expect(visible === expected, `Proof_Score__c is ${visible ? '' : 'in'}visible`);
}

function assign(name) {
  const { successes } = ask(['org', 'assign', 'permset', '--name', name, '--target-org', 'proof']);
  expect(successes.length === 1, JSON.stringify(successes));
}

async function upsertInBulk(score, expected) {
  const file = join(work, 'upsert.csv');
  const rows = Array.from({ length: 25 }, (_, n) => `Proof ${n},P-${n},${score},High`);
  writeFileSync(file, `Name,Proof_Key__c,Proof_Score__c,Proof_Tier__c\n${rows.join('\n')}\n`);
  const what = ['--sobject', 'Account', '--file', file, '--external-id', 'Proof_Key__c', '--wait', '3'];
  const { jobInfo } = ask(['data', 'upsert', 'bulk', ...what, '--target-org', 'proof']);
  expect(jobInfo.numberRecordsProcessed === 25 && jobInfo.numberRecordsFailed === 0, JSON.stringify(jobInfo));
  const { totalSize } = await soql(
    `SELECT COUNT() FROM Account WHERE Proof_Key__c LIKE 'P-%' AND Proof_Score__c = ${score}`,
  );
  expect(totalSize === 25, `${totalSize} accounts hold the score after ${expected}`);
}

function retrieveSource() {
  const what = ['--metadata', 'CustomField:Account.Proof_Score__c', '--metadata', 'PermissionSet:Proof_User'];
  const result = ask(['project', 'retrieve', 'start', ...what, '--target-org', 'proof']);
  expect(result.files.length === 2, JSON.stringify(result.files));
}

function listMetadata() {
  const listed = ask(['org', 'list', 'metadata', '--metadata-type', 'CustomField', '--target-org', 'proof']);
  expect(
    listed.some((one) => one.fullName === 'Account.Proof_Grade__c'),
    'Account.Proof_Grade__c is not listed',
  );
}

function queryTooling() {
  const text = "SELECT DeveloperName, TableEnumOrId FROM CustomField WHERE DeveloperName = 'Proof_Grade'";
  const table = sf(['data', 'query', '--query', text, '--use-tooling-api', '--target-org', 'proof']);
  expect(table.status === 0 && table.text.includes('Proof_Grade'), table.text.slice(0, 800));
}

async function everythingExists() {
  const { fields } = await rest('/sobjects/Proof_Note__c/describe');
  const note = fields.find((field) => field.name === 'Account__c');
  expect(
    note?.referenceTo?.[0] === 'Account' && note.relationshipName === 'Account__r',
    JSON.stringify(note),
  );
  const assigned = await soql(
    "SELECT COUNT() FROM PermissionSetAssignment WHERE PermissionSet.Name = 'Proof_User'",
  );
  expect(assigned.totalSize === 1, `${assigned.totalSize} assignments`);
  const granted = await soql("SELECT COUNT() FROM FieldPermissions WHERE Parent.Name = 'Proof_User'");
  expect(granted.totalSize === 7, `${granted.totalSize} field permissions`);
}

function truenorth(args) {
  const done = spawnSync(node, ['--', flags.program, ...args, '--env-file', envFile], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect(
    done.status === 0,
    `truenorth ${args.join(' ')} ended with ${done.status}:\n${done.stdout}${done.stderr}`,
  );
  return done.stdout;
}

function deployInstall() {
  const folder = join(work, 'install');
  truenorth(['install', '--out', folder]);
  const wait = ['--target-org', 'proof', '--wait', '3'];
  const result = ask(['project', 'deploy', 'start', ...wait, ...source(folder)]);
  const failed = result.files.filter((file) => file.state === 'Failed');
  expect(failed.length === 0, JSON.stringify(failed));
  return `${result.numberComponentsDeployed} of ${result.numberComponentsTotal} components, ${result.files.length} files`;
}

/** Type -> folder and ending of its files in a source tree. Parts of objects are one level deeper. */
const KINDS = {
  CompactLayout: /^objects\/(\w+)\/compactLayouts\/(\w+)\.compactLayout-meta\.xml$/,
  CustomField: /^objects\/(\w+)\/fields\/(\w+)\.field-meta\.xml$/,
  CustomObject: /^objects\/(\w+)\/\w+\.object-meta\.xml$/,
  CustomTab: /^tabs\/(\w+)\.tab-meta\.xml$/,
  Dashboard: /^dashboards\/(\w+\/\w+)\.dashboard-meta\.xml$/,
  FlexiPage: /^flexipages\/(\w+)\.flexipage-meta\.xml$/,
  Layout: /^layouts\/(.+)\.layout-meta\.xml$/,
  LightningComponentBundle: /^lwc\/(\w+)\/\w+\.js-meta\.xml$/,
  ListView: /^objects\/(\w+)\/listViews\/(\w+)\.listView-meta\.xml$/,
  PermissionSet: /^permissionsets\/(\w+)\.permissionset-meta\.xml$/,
  QuickAction: /^quickActions\/(.+)\.quickAction-meta\.xml$/,
  Report: /^reports\/(\w+\/\w+)\.report-meta\.xml$/,
  ReportType: /^reportTypes\/(\w+)\.reportType-meta\.xml$/,
};

function installedExists() {
  const root = join(work, 'install', 'force-app', 'main', 'default');
  const paths = readdirSync(root, { recursive: true }).map((path) => String(path).replaceAll('\\', '/'));
  const counts = Object.entries(KINDS).map(([type, form]) => {
    const found = paths.map((path) => form.exec(path)).filter((match) => match !== null);
    const wanted = found.map(([, owner, name]) => (name === undefined ? owner : `${owner}.${name}`));
    const folders = [
      ...new Set(wanted.filter((name) => name.includes('/')).map((name) => name.split('/')[0])),
    ];
    const listed = (folders.length > 0 ? folders : [null]).flatMap((folder) => {
      const inFolder = folder === null ? [] : ['--folder', folder];
      return ask(['org', 'list', 'metadata', '--metadata-type', type, ...inFolder, '--target-org', 'proof']);
    });
    const names = new Set(listed.map((one) => decodeURIComponent(one.fullName)));
    const missing = wanted.filter((name) => !names.has(name));
    expect(wanted.length > 0 && missing.length === 0, `${type} missing: ${missing.join(', ')}`);
    return `${wanted.length} ${type}`;
  });
  return counts.join(', ');
}

async function scoreVisible(expected) {
  const { fields } = await rest('/sobjects/Account/describe');
  const visible = fields.some((field) => field.name === 'Truenorth_Score__c');
  expect(visible === expected, `Truenorth_Score__c is ${visible ? '' : 'in'}visible`);
}

async function send(method, path, body) {
  const headers = {
    authorization: `Bearer ${salesforce.adminAccessToken}`,
    'content-type': 'application/json',
  };
  const answer = await fetch(`${salesforce.url}${API}${path}`, {
    method,
    headers,
    body: JSON.stringify(body),
  });
  return { status: answer.status, text: await answer.text() };
}

async function anAccount() {
  const { records } = await soql('SELECT Id FROM Account LIMIT 1');
  return records[0].Id;
}

async function csmFiles() {
  assign('Truenorth_CSM');
  await scoreVisible(true);
  const account = await anAccount();
  const written = await send('PATCH', `/sobjects/Account/${account}`, { Truenorth_Score__c: 99 });
  expect(written.status === 400, `writing the score was answered ${written.status}: ${written.text}`);
  const pulse = { Account__c: account, Value__c: 'risk', Reason__c: 'The sponsor left.' };
  const filed = await send('POST', '/sobjects/Health_Pulse__c', pulse);
  expect(filed.status === 201, `filing a pulse was answered ${filed.status}: ${filed.text}`);
  const { records } = await soql('SELECT Name, CreatedById, Expires_On__c FROM Health_Pulse__c');
  expect(records.length === 1 && records[0].Expires_On__c !== null, JSON.stringify(records));
  return `${records[0].Name}, holds until ${records[0].Expires_On__c}`;
}

async function integrationWrites() {
  assign('Truenorth_Integration');
  const written = await send('PATCH', `/sobjects/Account/${await anAccount()}`, { Truenorth_Score__c: 42 });
  expect(written.status === 204, `writing the score was answered ${written.status}: ${written.text}`);
}

function installFindsNothing() {
  const { salesforce: found } = JSON.parse(truenorth(['install', '--json']));
  expect(found.conflicts.length === 0, found.conflicts.join('\n'));
  expect(found.create.length + found.change.length === 0, JSON.stringify([found.create, found.change]));
  return `${found.unchanged} parts unchanged`;
}

function validateInstall() {
  ask([
    'project',
    'deploy',
    'validate',
    '--target-org',
    'proof',
    '--wait',
    '3',
    ...source(join(work, 'install')),
  ]);
}

/** The package folder of an SFDX project that lies outside ours. */
function source(folder) {
  const inner = join(project, 'installed');
  cpSync(folder, inner, { recursive: true });
  const packages = readdirSync(inner).filter((name) => name !== 'sfdx-project.json');
  return packages.flatMap((name) => ['--source-dir', join(inner, name)]);
}
