import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { connectCrm, loadSettings } from '../../../compose.js';
import { openBudgets } from '../../../compose-service.js';
import { salesforceMappingYaml } from '../../../config/drafts/salesforce-mapping-draft.js';
import { type Answer, bestGuess, type Draft, draftMapping } from '../../../install/init/draft.js';
import { healthText } from '../../../install/init/purchase-book.js';
import { mappingDraft, tiersText } from '../../../install/init/settings-draft.js';
import { IntegrationError } from '../../../ports/errors.js';
import type { Settings } from '../../../ports/settings.js';
import { EXIT } from '../exit-codes.js';
import type { Folder } from '../invocation.js';
import type { Terminal } from '../terminal.js';

export interface InitFlags {
  readonly yes: boolean;
  readonly force: boolean;
}

/** The package's own config/ and mappings/, which a new folder starts from. */
const SHIPPED = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '..');
const BUDGET = { share: 0.25, orgCeiling: 0.8, spentBefore: 0 };

/** `init`: drafts config/ and mappings/ for an org from its describe and a sample of its rows. */
export async function initCommand(folder: Folder, screen: Terminal, flags: InitFlags): Promise<number> {
  const files = [...shippedFiles('config'), ...shippedFiles('mappings')];
  refuseExisting(folder.folder, files, flags.force);
  const budgets = openBudgets(folder);
  const { crm } = connectCrm({ ...folder, budgets }, BUDGET);
  const org = await crm.org();
  const draft = await draftMapping(crm, flags.yes || !screen.interactive ? bestGuess : ask(screen));
  await budgets.close();
  for (const file of files) write(join(folder.folder, file), textFor(file, { draft, orgName: org.name }));
  const settings = loadSettings(folder.folder);
  screen.json({
    folder: folder.folder,
    files,
    mapped: draft.objects,
    unmapped: draft.unmapped,
    absent: draft.absent,
    modelBreadth: settings.health.modelBreadth,
    notes: settings.notes,
    remarks: draft.remarks,
  });
  sayDraft(screen, draft, settings);
  return EXIT.done;
}

function shippedFiles(room: string): readonly string[] {
  return readdirSync(join(SHIPPED, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(yaml|schema\.json)$/.test(name))
    .map((name) => join(room, name))
    .sort();
}

function refuseExisting(folder: string, files: readonly string[], force: boolean): void {
  const existing = files.filter((file) => existsSync(join(folder, file)));
  if (existing.length === 0 || force) return;
  throw new IntegrationError({
    kind: 'Config',
    code: 'INIT_WOULD_OVERWRITE',
    message: `${existing.length} of the files to write exist already in ${folder} (${existing[0]} …).`,
    actions: ['Choose another folder with --dir, or pass --force to replace them.'],
    retryable: false,
    provider: 'config',
    operation: 'init',
  });
}

function textFor(
  file: string,
  { draft, orgName }: { readonly draft: Draft; readonly orgName: string },
): string {
  const shipped = readFileSync(join(SHIPPED, file), 'utf8');
  if (file === join('mappings', 'salesforce.yaml'))
    return salesforceMappingYaml(mappingDraft(draft, orgName));
  if (file === join('config', 'health.yaml')) return healthText(shipped, draft);
  return file === join('config', 'tiers.yaml') ? tiersText(shipped, draft) : shipped;
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** One question a doubtful attribute: a number, or nothing for none. */
function ask(screen: Terminal): Answer {
  return async ({ kind, label, guesses }) => {
    const prompt = createInterface({ input: process.stdin, output: process.stderr });
    try {
      screen.aside(`Which field of the ${kind} holds "${label}"?`);
      for (const [index, { field, filled }] of guesses.entries())
        screen.aside(
          `  ${index + 1}  ${field}${filled === null ? '' : ` (${Math.round(filled * 100)} % filled)`}`,
        );
      const answer = await prompt.question('Number, or Enter for none: ');
      return guesses[Number(answer) - 1]?.field ?? null;
    } finally {
      prompt.close();
    }
  };
}

function sayDraft(screen: Terminal, draft: Draft, settings: Settings): void {
  const { say, colors } = screen;
  for (const { kind, object, attributes } of draft.objects) {
    say(
      `  ${colors.green('✓')} ${kind.padEnd(12)} ${object}: ${attributes.map(({ attribute, field }) => `${attribute} ← ${field}`).join(', ')}`,
    );
  }
  for (const kind of draft.absent) say(`  ${colors.yellow('•')} ${kind.padEnd(12)} no object found`);
  for (const remark of draft.remarks) say(`  ${colors.yellow('•')} ${remark}`);
  say();
  say(`  Not mapped: ${draft.unmapped.length === 0 ? 'nothing' : draft.unmapped.join(', ')}`);
  say(
    `  The health model uses ${Math.round(settings.health.modelBreadth * 100)} % of what Truenorth could read; what is missing is listed in mappings/salesforce.yaml.`,
  );
  for (const note of settings.notes) say(colors.dim(`  note: ${note}`));
}
