// An embedded company whose state and jobs are shared: what a run needs to have much to do.
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSandbox } from '../sandbox-process.mjs';

/** Every day is a business day, nobody looks at a plan before it is carried out, and runs are made when they are asked for. */
const ENGAGEMENT = `calendar: { businessDays: [monday, tuesday, wednesday, thursday, friday, saturday, sunday] }
brakes: { share: 100 % }
`;
const TASKS = ['incremental', 'full', 'reconciliation', 'readBack', 'metrics', 'digest', 'housekeeping'];
const SERVICE = `schedule: { ${TASKS.map((task) => `${task}: off`).join(', ')} }
`;

const welcome = ({ priority, when, channel, target }) => `label: Welcome by ${channel}
priority: ${priority}
trigger:
  when: ${when}
  onFirstSight: fire
  reenter: never
audience:
  roles: [champion, user, sponsor, economic-buyer, other]
  maxPersons: 2
steps:
  - { id: hello, channel: ${channel}, target: ${target}, sender: account-owner }
holdout: 0 %
ignore: []
`;

const PLAYBOOKS = {
  'welcome-list': { priority: 20, when: 'account.seats < 25', channel: 'hubspot-list', target: 'Welcome' },
  'welcome-sequence': {
    priority: 10,
    when: 'account.seats >= 25',
    channel: 'hubspot-sequence',
    target: 'Renewal check-in',
  },
};

/** Shared by all processes of the org; the same in every proof, so that two plans can be compared. */
const PERSON_KEY = 'the-same-key-in-every-proof-of-the-workers';
export const ORG = 'proof';
const NOW = '2026-11-20T10:00:00Z';

/** A company with nothing written yet. `databaseUrl` and `redisUrl` are where its workers meet. */
export async function startCompany({ node, program, folder, accounts, databaseUrl, redisUrl }) {
  mkdirSync(folder, { recursive: true });
  const envFile = join(folder, 'sandbox.env');
  const { sandbox, salesforce, hubspot } = await startSandbox({ node, program, envFile, accounts, now: NOW });
  process.on('exit', () => sandbox.kill('SIGKILL'));
  const shared = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, TRUENORTH_ORG: ORG };
  const lines = Object.entries({ ...shared, TRUENORTH_PERSON_KEY: PERSON_KEY, TRUENORTH_LOG_LEVEL: 'debug' });
  appendFileSync(envFile, lines.map(([name, value]) => `${name}=${value}\n`).join(''));
  const place = ['--dir', folder, '--env-file', envFile];
  for (const args of [
    ['init', '--yes'],
    ['install', '--apply'],
  ]) {
    const done = spawnSync(node, ['--', program, ...args, ...place], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    if (done.status !== 0)
      throw new Error(`truenorth ${args.join(' ')} ended with ${done.status}: ${done.stderr}`);
  }
  makeReady(folder);
  const control = async (server, path) => (await fetch(`${server.url}/__sandbox${path}`)).json();
  return {
    place,
    folder,
    databaseUrl,
    salesforce: (path) => control(salesforce, path),
    hubspot: (path) => control(hubspot, path),
    stop: () => sandbox.kill('SIGTERM'),
  };
}

function makeReady(folder) {
  const config = join(folder, 'config');
  writeFileSync(join(config, 'engagement.yaml'), ENGAGEMENT);
  writeFileSync(join(config, 'service.yaml'), SERVICE);
  for (const [name, playbook] of Object.entries(PLAYBOOKS))
    writeFileSync(join(config, 'playbooks', `${name}.yaml`), welcome(playbook));
}
