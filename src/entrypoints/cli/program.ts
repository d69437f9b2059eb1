import { Command, CommanderError, Option } from 'commander';
import { version } from '../version.js';
import { addAccess } from './access-commands.js';
import { addEngagement } from './engagement-commands.js';
import { EXIT } from './exit-codes.js';
import { sayFailure, sayMisuse } from './failure.js';
import { addInsight } from './insight-commands.js';
import { type CommonFlags, type Streams, withFolder, withKeptState, withSession } from './invocation.js';
import { addKeeping } from './keeping-commands.js';
import { type Finish, inFolder, instant, whole } from './options.js';
import { addService } from './service-commands.js';
import { terminal } from './terminal.js';

/** Runs one command line. Resolves with the exit code; never throws. */
export async function program(args: readonly string[], streams: Streams): Promise<number> {
  let exit: number = EXIT.done;
  const root = rootCommand((code) => {
    exit = code;
  }, streams);
  try {
    await root.parseAsync([...args], { from: 'user' });
    return exit;
  } catch (error) {
    const plain = streams.env.NO_COLOR !== undefined || streams.err.isTTY !== true;
    const screen = terminal({ json: args.includes('--json'), plain, out: streams.out, err: streams.err });
    if (!(error instanceof CommanderError)) return sayFailure(screen, error);
    return error.exitCode === 0 ? EXIT.done : sayMisuse(screen, error.message);
  }
}

function rootCommand(finish: Finish, streams: Streams): Command {
  const root = new Command('truenorth')
    .description(
      'Digital customer success inside your CRM: health scores, touch tiers and enrolments, each with its reason.',
    )
    .version(version(), '--version', 'print the version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void streams.out.write(text),
      writeErr: (text) => void streams.err.write(text),
    });
  addDemo(root, finish, streams);
  addSandbox(root, finish, streams);
  addSetUp(root, finish, streams);
  addUninstall(root, finish, streams);
  addCompare(root, finish, streams);
  addRuns(root, finish, streams);
  addQuestions(root, finish, streams);
  addEngagement(root, finish, streams);
  addInsight(root, finish, streams);
  addService(root, finish, streams);
  addAccess(root, finish, streams);
  addKeeping(root, finish, streams);
  return root;
}

function addDemo(root: Command, finish: Finish, streams: Streams): void {
  root
    .command('demo')
    .description(
      'the whole job on embedded servers: pull, score, tier, plan, write back, enrol, and a second run that finds nothing to do',
    )
    .option('--accounts <n>', 'accounts of the generated book', whole, 2_000)
    .option('--seed <s>', 'seed of the generated book', whole, 1)
    .option('--dir <folder>', 'folder to work in; default a new one that is kept')
    .option('--json', 'print one JSON object instead of text', false)
    .action(async (flags) => {
      const { demoCommand } = await import('./commands/demo.js');
      finish(await demoCommand(flags, streams));
    });
}

function addSandbox(root: Command, finish: Finish, streams: Streams): void {
  root
    .command('sandbox')
    .description('start the embedded Salesforce, HubSpot and Outreach on this machine, until interrupted')
    .option('--accounts <n>', 'accounts of the generated book', whole, 2_000)
    .option('--load <folder>', 'serve a Salesforce data export (one CSV per object) instead')
    .option('--seed <s>', 'seed of everything that is generated', whole, 1)
    .option(
      '--port <p>',
      'port of the embedded Salesforce; HubSpot and Outreach get the next two; 0 = any free',
      whole,
      0,
    )
    .addOption(new Option('--now <instant>', 'the servers’ time at start (ISO 8601)').argParser(instant))
    .option('--hide-after', 'keep rows that are newer than the servers’ time out of sight', false)
    .option('--without <objects>', 'objects that stay empty, separated by commas')
    .option('--daily-requests <n>', 'API requests that the embedded org allows in 24 hours', whole)
    .option('--env-file <file>', 'write an env file that every other command reads')
    .option('--json', 'print one JSON object instead of text', false)
    .action(async (flags) => {
      const { sandboxCommand } = await import('./commands/sandbox.js');
      finish(await sandboxCommand(flags, streams));
    });
}

function addSetUp(root: Command, finish: Finish, streams: Streams): void {
  inFolder(root.command('init'))
    .description('draft config/ and mappings/ for an org from its fields and a sample of its rows')
    .option('--yes', 'take the best guess instead of asking', false)
    .option('--force', 'replace files that exist', false)
    .action(async (flags) => {
      const { initCommand } = await import('./commands/init.js');
      finish(
        await withFolder(flags as CommonFlags, streams, (around, screen) =>
          initCommand(around, screen, flags),
        ),
      );
    });
  inFolder(root.command('doctor'))
    .description('say what is missing, and the one command or click that mends it')
    .action(async (flags) => {
      const { doctorCommand } = await import('./commands/doctor.js');
      finish(await withSession(flags as CommonFlags, streams, doctorCommand));
    });
  inFolder(root.command('install'))
    .description(
      'show what of ours the org lacks: fields, objects, pages, reports, permissions; --apply creates it',
    )
    .option('--apply', 'create it', false)
    .option('--out <folder>', 'write an SFDX source folder instead of deploying')
    .option(
      '--running-user <username>',
      'whose rights dashboards run under; default the user that we log in as',
    )
    .action(async (flags) => {
      const { installCommand } = await import('./commands/install.js');
      finish(
        await withSession(flags as CommonFlags, streams, (session, screen) =>
          installCommand(session, screen, {
            apply: flags.apply,
            out: flags.out ?? null,
            runningUser: flags.runningUser ?? null,
          }),
        ),
      );
    });
}

function addUninstall(root: Command, finish: Finish, streams: Streams): void {
  inFolder(root.command('uninstall'))
    .description('show what of ours the org holds, and what would go with it; --apply --yes takes it out')
    .option('--apply', 'take it out; needs --yes', false)
    .option('--yes', 'records that go with it are not needed any more', false)
    .action(async (flags) => {
      const { uninstallCommand } = await import('./commands/uninstall.js');
      finish(
        await withSession(flags as CommonFlags, streams, (session, screen) =>
          uninstallCommand(session, screen, { apply: flags.apply, yes: flags.yes }),
        ),
      );
    });
}

function addCompare(root: Command, finish: Finish, streams: Streams): void {
  inFolder(root.command('compare'))
    .description(
      'show what of ours another org holds otherwise, and which settings of its folder differ; changes nothing',
    )
    .requiredOption('--with <folder>', 'the other folder, with its config/ and mappings/')
    .requiredOption('--with-env-file <file>', 'the env file of the other org')
    .action(async (flags) => {
      const { compareCommand } = await import('./commands/compare.js');
      const other: CommonFlags = { dir: flags.with, envFile: flags.withEnvFile, json: flags.json };
      finish(
        await withSession(flags as CommonFlags, streams, (session, screen) =>
          withSession(other, streams, (second) =>
            compareCommand({ folder: flags.dir, session }, { folder: flags.with, session: second }, screen),
          ),
        ),
      );
    });
}

function addRuns(root: Command, finish: Finish, streams: Streams): void {
  inFolder(root.command('plan'))
    .description('pull, assess and settle; print the plan of changes; write nothing')
    .option('--reconcile', 'compare all record ids first, to find rows that vanished without a trace', false)
    .action(async (flags) => {
      const { syncCommand } = await import('./commands/sync.js');
      finish(
        await withSession(flags as CommonFlags, streams, (session, screen) =>
          syncCommand(session, screen, { apply: false, reconcile: flags.reconcile }),
        ),
      );
    });
  inFolder(root.command('sync'))
    .description('one run; without --apply it plans only')
    .option('--apply', 'carry the plan out', false)
    .option('--reconcile', 'compare all record ids first, to find rows that vanished without a trace', false)
    .action(async (flags) => {
      const { syncCommand } = await import('./commands/sync.js');
      finish(
        await withSession(flags as CommonFlags, streams, (session, screen) =>
          syncCommand(session, screen, { apply: flags.apply, reconcile: flags.reconcile }),
        ),
      );
    });
  inFolder(root.command('runs'))
    .description('list the latest runs')
    .option('--limit <n>', 'how many', whole, 20)
    .action(async (flags) => {
      const { runsCommand } = await import('./commands/runs.js');
      finish(
        await withFolder(flags as CommonFlags, streams, (around, screen) =>
          around.withState((state) => runsCommand(state, screen, flags.limit)),
        ),
      );
    });
  inFolder(root.command('revert'))
    .description('put the account fields back that a run changed; without --apply it only shows them')
    .argument('<run>', 'its id, as `truenorth runs` lists it')
    .option('--apply', 'write them', false)
    .option('--hold', 'pause account fields, so that the next run does not write them again', false)
    .action(async (run: string, flags) => {
      const { revertCommand } = await import('./commands/revert.js');
      finish(
        await withSession(flags as CommonFlags, streams, (session, screen) =>
          revertCommand(session, screen, { run, apply: flags.apply, hold: flags.hold }),
        ),
      );
    });
  inFolder(root.command('retry'))
    .description('try refused records again with the next run')
    .argument('[ids...]', 'ids of dead letters; default all')
    .action(async (ids: string[], flags) => {
      const { retryCommand } = await import('./commands/runs.js');
      finish(
        await withFolder(flags as CommonFlags, streams, (folder, screen) =>
          retryCommand(folder, screen, ids),
        ),
      );
    });
}

function addQuestions(root: Command, finish: Finish, streams: Streams): void {
  inFolder(root.command('simulate'))
    .description('what another config/ would make of the book as it is stored; writes nothing')
    .requiredOption('--config <folder>', 'the other config/; files that are not there stay as they are')
    .action(async (flags) => {
      const { simulateCommand } = await import('./commands/simulate.js');
      finish(
        await withKeptState(flags as CommonFlags, streams, (folder, screen) =>
          simulateCommand(folder, screen, flags.config),
        ),
      );
    });
  inFolder(root.command('explain'))
    .description('where every point of an account’s score went, why it has its tier, what changed last')
    .argument('[account]', '15 or 18 character id, or an exact name')
    .option('--nth <n>', 'the n-th account in id order, from 1', whole)
    .action(async (account: string | undefined, flags, command: Command) => {
      if (account === undefined && flags.nth === undefined)
        command.error('error: name an account, or give --nth N');
      const { explainCommand } = await import('./commands/explain.js');
      const choice = { account: account ?? null, nth: flags.nth ?? null };
      finish(
        await withKeptState(flags as CommonFlags, streams, (around, screen) =>
          around.withState((state) => explainCommand(state, screen, choice)),
        ),
      );
    });
}
