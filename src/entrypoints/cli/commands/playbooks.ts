import { loadSettings } from '../../../compose.js';
import { ConfigError, type Problem } from '../../../config/problems.js';
import type { StateStore } from '../../../ports/state-store.js';
import { lookAhead } from '../../../sync/account-today.js';
import {
  emptyAudiences,
  isBeforeFirstRun,
  missingTargets,
  type PlaybookFinding,
} from '../../../sync/check-playbooks.js';
import { type ListedPlaybook, listPlaybooks } from '../../../sync/playbook-list.js';
import { openSession } from '../../connection/session.js';
import { EXIT } from '../exit-codes.js';
import type { Folder } from '../invocation.js';
import { lookAt } from '../look.js';
import { count, counted, percent } from '../numbers.js';
import type { Terminal } from '../terminal.js';

/** `playbooks`: what there is, what starts it, what runs. */
export async function listCommand(folder: Folder, terminal: Terminal): Promise<number> {
  const playbooks = await folder.withState((state) => listPlaybooks(lookAt(folder, state)));
  terminal.json({ playbooks });
  for (const playbook of playbooks) sayPlaybook(terminal, playbook);
  terminal.say(`${count(playbooks.length)} playbooks, highest priority first.`);
  return EXIT.done;
}

function sayPlaybook({ say, colors }: Terminal, playbook: ListedPlaybook): void {
  const { id, label, priority, trigger, channels, holdout, running, heldOut, paused } = playbook;
  say(`${colors.bold(label)} (${id}), priority ${priority}`);
  say(`  ${trigger}`);
  const kept = holdout === 0 ? 'nobody is held out' : `${percent(holdout)} held out, ${count(heldOut)} now`;
  say(colors.dim(`  ${channels.join(', ')}; ${count(running)} running; ${kept}`));
  if (paused !== null) say(colors.yellow(`  paused: ${paused}`));
  say();
}

/** What `playbooks validate --json` ends in: a contract, fields are added, never changed. */
interface Validation {
  readonly valid: boolean;
  readonly playbooks: number;
  /** Of the files: with the line where it can be told. */
  readonly problems: readonly Problem[];
  /** Of what the tools and the book say. */
  readonly findings: readonly PlaybookFinding[];
  /** False = the tools were not asked, since the environment names no org. */
  readonly asked: boolean;
}

/** `playbooks validate`: whether the files are right, their targets exist and their audiences hold for anybody. */
export async function validateCommand(folder: Folder, terminal: Terminal): Promise<number> {
  const validation = await validate(folder);
  terminal.json(validation);
  if (!terminal.asJson) sayValidation(terminal, validation);
  return validation.valid ? EXIT.done : EXIT.usage;
}

async function validate(folder: Folder): Promise<Validation> {
  const problems = problemsIn(folder.folder);
  if (problems.length > 0) return { valid: false, playbooks: 0, problems, findings: [], asked: false };
  const asked = folder.environment.salesforce !== null;
  const findings = [
    ...(asked ? await targetsOf(folder) : []),
    ...(await folder.withState((state) => audiencesOf(folder, state))),
  ];
  const valid = findings.every(({ level }) => level !== 'problem');
  return { valid, playbooks: loadSettings(folder.folder).playbooks.length, problems, findings, asked };
}

function problemsIn(folder: string): readonly Problem[] {
  try {
    loadSettings(folder);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

async function targetsOf(folder: Folder): Promise<readonly PlaybookFinding[]> {
  const session = await openSession(folder, { stage: () => {}, advance: () => {}, done: () => {} });
  try {
    return await missingTargets(session.tools);
  } finally {
    await session.close();
  }
}

/** Before the first run nothing is known of any account: then there is nothing to say of audiences. */
async function audiencesOf(folder: Folder, state: StateStore): Promise<readonly PlaybookFinding[]> {
  try {
    const { connected, ...tools } = lookAt(folder, state);
    return await emptyAudiences(await lookAhead(tools, connected));
  } catch (error) {
    if (isBeforeFirstRun(error)) return [];
    throw error;
  }
}

function sayValidation(
  { say, colors }: Terminal,
  { valid, playbooks, problems, findings, asked }: Validation,
): void {
  for (const { file, line, message } of problems)
    say(`${colors.red('✗')} ${file}${line === null ? '' : `:${line}`} ${message}`);
  const toBeMade = findings.filter(({ code }) => code === 'made-at-first-use').length;
  for (const { level, code, playbook, step, what } of findings) {
    if (code === 'made-at-first-use') continue;
    const mark = level === 'problem' ? colors.red('✗') : colors.yellow('•');
    say(`${mark} ${playbook}${step === null ? '' : `/${step}`}: ${what}`);
  }
  if (toBeMade > 0)
    say(
      `${colors.yellow('•')} ${counted(toBeMade, 'list does', 'lists do')} not exist yet; each is made at its first use (--json names them).`,
    );
  const wrong = problems.length + findings.filter(({ level }) => level === 'problem').length;
  say(
    valid
      ? `${count(playbooks)} playbooks are fine.`
      : `${counted(wrong, 'problem', 'problems')} to correct.`,
  );
  if (problems.length === 0 && !asked)
    say(
      colors.dim(
        '  The tools were not asked whether lists and sequences exist: the environment names no org (--env-file).',
      ),
    );
}
