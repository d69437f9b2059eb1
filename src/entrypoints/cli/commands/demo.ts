import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Sandbox } from '../../../sandbox/start.js';
import { type Calls, callsSoFar, NO_CALLS } from '../../../sync/context.js';
import { runSync } from '../../../sync/run-sync.js';
import type { Session } from '../../connection/session.js';
import { EXIT, exitCodeOf } from '../exit-codes.js';
import { type Folder, type Streams, screenFor, withFolder, withSession } from '../invocation.js';
import { sayReport } from '../say-report.js';
import type { Terminal } from '../terminal.js';
import { explainCommand } from './explain.js';
import { initCommand } from './init.js';
import { installCommand } from './install.js';
import { startFor, writeEnvFile } from './sandbox.js';
import { timelineCommand } from './timeline.js';

export interface DemoFlags {
  readonly accounts: number;
  readonly seed: number;
  readonly dir?: string;
  readonly json: boolean;
}

/** `demo`: the whole job on embedded servers, then once more to show that nothing is left to do. */
export async function demoCommand(flags: DemoFlags, streams: Streams): Promise<number> {
  const screen = screenFor(streams, flags.json);
  const dir = flags.dir === undefined ? mkdtempSync(join(tmpdir(), 'truenorth-demo-')) : resolve(flags.dir);
  mkdirSync(dir, { recursive: true });
  chapter(
    screen,
    `A company with ${flags.accounts.toLocaleString('en-US')} customers, its Salesforce and its HubSpot (embedded, on this machine)`,
  );
  const sandbox = await startFor({ accounts: flags.accounts, seed: flags.seed, port: 0, hideAfter: false });
  try {
    return await tour({ dir, sandbox, screen, streams });
  } finally {
    await sandbox.close();
  }
}

interface Tour {
  readonly dir: string;
  readonly sandbox: Sandbox;
  readonly screen: Terminal;
  readonly streams: Streams;
}

async function tour({ dir, sandbox, screen, streams }: Tour): Promise<number> {
  const envFile = join(dir, 'sandbox.env');
  writeEnvFile(envFile, sandbox);
  const flags = { dir, envFile, json: false };
  const quiet: Streams = screen.asJson ? { ...streams, out: streams.err } : streams;
  chapter(screen, 'truenorth init --yes: our facts are matched to their fields');
  await withFolder(flags, quiet, (folder: Folder, inner) =>
    initCommand(folder, inner, { yes: true, force: true }),
  );
  fireOnFirstSight(dir);
  return withSession(flags, quiet, async (session, inner) => {
    chapter(screen, 'truenorth install --apply: our fields, and the permission to write them');
    await installCommand(session, inner, { apply: true, out: null, runningUser: null });
    chapter(screen, 'truenorth sync --apply: pull, assess, settle, apply, report');
    const first = await syncOnce(session, screen, NO_CALLS);
    if (first.status !== 'done') return exitCodeOf(first.status);
    chapter(screen, 'truenorth explain: one account, point by point');
    await explainOne(session, inner);
    await timelineOfOne({ flags, quiet, screen }, session, first.run);
    chapter(screen, 'truenorth sync --apply, again: a second run finds nothing to do');
    const second = await syncOnce(session, screen, callsSoFar(session.tools));
    screen.json({ folder: dir, first, second });
    farewell(screen, dir);
    const { records, enrolments, tasks, leaves } = second.changes;
    return records + enrolments + tasks + leaves === 0 ? EXIT.done : EXIT.failed;
  });
}

async function syncOnce(session: Session, screen: Terminal, callsBefore: Calls) {
  const { tools, holder, holderIsGone, realNow } = session;
  const report = await runSync(tools, {
    apply: true,
    runId: session.newRunId(),
    callsBefore,
    holder,
    holderIsGone,
    realNow,
  });
  await sayReport(screen, tools, report);
  return report;
}

/** An account with something to tell: the first whose score cost it points in several places. */
async function explainOne(session: Session, screen: Terminal): Promise<void> {
  const { state } = session.tools;
  for (let nth = 1; nth <= 50; nth++) {
    const [id] = await state.assessments.find({ nth });
    if (id === undefined) break;
    const result = (await state.assessments.bundle(id))?.assessed?.result as
      | { health?: { band?: string; pointsLost?: unknown[] } }
      | undefined;
    if (result?.health?.band === 'risk' || nth === 50) {
      await explainCommand(state, screen, { account: id, nth: null });
      return;
    }
  }
  await explainCommand(state, screen, { account: null, nth: 1 });
}

interface Typed {
  readonly flags: { readonly dir: string; readonly envFile: string; readonly json: boolean };
  readonly quiet: Streams;
  readonly screen: Terminal;
}

/** The first account of the run with somebody enrolled: what was decided for it, and why. */
async function timelineOfOne({ flags, quiet, screen }: Typed, session: Session, run: string): Promise<void> {
  for await (const page of session.tools.state.plan.items(run, { kind: 'enrolment', status: 'done' }, 1)) {
    const account = page[0]?.account;
    if (account === undefined) return;
    chapter(screen, 'truenorth timeline: what was decided and done for one account, and why');
    await withFolder(flags, quiet, (folder, inner) => timelineCommand(folder, inner, account));
    return;
  }
}

/**
 * By default a playbook waits for the next edge when it first sees an account, so that switching
 * Truenorth on mails nobody. A demo has only this one day, so what began in the last days fires.
 */
function fireOnFirstSight(dir: string): void {
  const folder = join(dir, 'config', 'playbooks');
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/onFirstSight:\s*arm/, 'onFirstSight: fire'));
  }
}

function chapter({ say, colors }: Terminal, title: string): void {
  say();
  say(colors.bold(colors.cyan(`▸ ${title}`)));
}

function farewell({ say }: Terminal, dir: string): void {
  say();
  say(`All of it is in ${dir}: config/ and mappings/ to edit, var/ with the state.`);
  say(
    'To go on by hand, start the embedded servers with `npx -- truenorth sandbox --env-file sandbox.env` and',
  );
  say('give `--env-file sandbox.env --dir FOLDER` to every other command; the README has them in order.');
}
