import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Table from 'cli-table3';
import { healthChange, healthWith } from '../../../config/drafts/health-draft.js';
import type { Estimate } from '../../../domain/insight/intervals.js';
import { FOLDS } from '../../../domain/insight/ranking.js';
import { type SuggestedWeights, suggestedWeights } from '../../../insight/suggest-weights.js';
import { IntegrationError } from '../../../ports/errors.js';
import { lookAtState } from '../../../sync/account-today.js';
import { EXIT } from '../exit-codes.js';
import type { Folder } from '../invocation.js';
import { lookAt } from '../look.js';
import { count, counted, percent } from '../numbers.js';
import { type OutcomeFlags, outcomeQuestion } from '../outcome-question.js';
import { leftOutInWords, outcomesAnswer, outcomesInWords, withoutScoreInWords } from '../outcome-words.js';
import type { Terminal } from '../terminal.js';

export interface SuggestWeightsFlags extends OutcomeFlags {
  /** Folder that the changed health.yaml is written to, for `simulate --config`; null = it is only printed. */
  readonly out: string | null;
}

/** `suggest weights`: weights that fit what came of the past. Nothing in config/ is changed. */
export async function suggestWeightsCommand(
  folder: Folder,
  terminal: Terminal,
  flags: SuggestWeightsFlags,
): Promise<number> {
  const file = flags.out === null ? null : freeFile(resolve(flags.out));
  const found = await folder.withState(async (state) => {
    const { connected, ...tools } = lookAt(folder, state);
    const { run } = await lookAtState(tools, connected);
    return suggestedWeights(run, outcomeQuestion(flags, run));
  });
  const { cuts, outcomes, written, verdict, ...rest } = found;
  const today = readFileSync(join(folder.folder, 'config', 'health.yaml'), 'utf8');
  const draft = verdict === 'no signal' ? null : written;
  if (file !== null && draft !== null) writeNew(file, healthWith(today, draft));
  const change = draft === null ? [] : healthChange(today, draft);
  terminal.json({
    ...rest,
    verdict,
    written,
    change,
    leftOut: outcomes.leftOut,
    outcomes: outcomesAnswer({ outcomes, cuts }, flags),
  });
  if (!terminal.asJson) saySuggestion(terminal, { found, change, file });
  return EXIT.done;
}

function freeFile(folder: string): string {
  const file = join(folder, 'health.yaml');
  if (!existsSync(file)) return file;
  throw new IntegrationError({
    kind: 'Config',
    code: 'OUT_WOULD_OVERWRITE',
    message: `${file} exists already.`,
    actions: ['Name another folder with --out.'],
    retryable: false,
    provider: 'config',
    operation: 'suggest weights',
  });
}

function writeNew(file: string, text: string): void {
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
}

interface Said {
  readonly found: SuggestedWeights;
  /** Line by line, as a patch; none where there is nothing to suggest. */
  readonly change: readonly string[];
  readonly file: string | null;
}

function saySuggestion(terminal: Terminal, { found, change, file }: Said): void {
  const { say, colors } = terminal;
  const { n, lost, auc, gain, withoutScore } = found;
  say(colors.bold(`${count(n)} outcomes, ${count(lost)} lost (${percent(lost / n)})`));
  say(colors.dim(`  ${outcomesInWords(found)}.`));
  const leftOut = leftOutInWords(found);
  if (leftOut !== null) say(colors.dim(`  ${leftOut}`));
  say(`  AUC today ${estimate(auc.today)}; suggested, out of sample ${estimate(auc.suggested)}`);
  say(`  Expected gain ${estimate(gain)}, on accounts that the weights were not fitted on`);
  if (withoutScore > 0) say(colors.dim(`  ${withoutScoreInWords(found)}`));
  say();
  say(colors.bold(verdictInWords(found)));
  if (change.length === 0) {
    if (file !== null) say('Nothing was written: there is nothing to suggest.');
    return;
  }
  sayChanges(terminal, found);
  say('To weigh so, change config/health.yaml:');
  say();
  for (const line of change)
    say(line.startsWith('+') ? colors.green(line) : line.startsWith('-') ? colors.red(line) : line);
  say();
  if (found.changes.some(({ id, suggested }) => suggested !== null && !isSignal(id)))
    say(
      'What a customer is (its profile) may tell who stays, but nobody can act on it: look whether it belongs into the score, or into a segment or a tier.',
    );
  if (found.leftOut.length > 0)
    say(
      `One model is fitted for everybody, so that scores can be compared; left out: ${found.leftOut.join(', ')}.`,
    );
  sayNewlyScored(terminal, found);
  say(
    'If many accounts change band at once, the brake holds the run until somebody says `truenorth approve`: look with `truenorth simulate --config` first.',
  );
  say(
    file === null
      ? 'Nothing was changed. With --out FOLDER it is written there, for `truenorth simulate --config FOLDER`.'
      : `Written to ${file}; see who would move with \`truenorth simulate --config ${join(file, '..')}\`.`,
  );
}

function verdictInWords({ verdict, n, withoutScore }: SuggestedWeights): string {
  if (verdict === 'no score to compare with yet')
    return `The score can’t be compared yet: of ${count(n)} outcomes only ${count(n - withoutScore)} have one, so that nobody knows whether these weights would gain anything. What they tell by themselves is told above.`;
  return `${verdict.charAt(0).toUpperCase()}${verdict.slice(1)}.`;
}

function sayChanges({ say }: Terminal, { changes, notFirm }: SuggestedWeights): void {
  const table = new Table({
    head: ['Share of the score, %', 'Today', 'Suggested', 'Without a fifth of the accounts', 'Weighed by'],
    style: { head: [], border: [] },
  });
  for (const { label, id, today, suggested, between, weighedBy } of changes)
    table.push([
      `${label} (${id})`,
      share(today),
      share(suggested),
      `${between[0]} to ${between[1]}`,
      suggested !== null && weighedBy < FOLDS - 1 ? 'least weight' : `${weighedBy} of ${FOLDS}`,
    ]);
  say();
  say(table.toString());
  if (changes.some(({ suggested, weighedBy }) => suggested !== null && weighedBy < FOLDS - 1))
    say(
      'Least weight: nothing speaks for a dimension of today, which stays, since fields and flags rest on it.',
    );
  if (notFirm.length > 0)
    say(
      `Left out, as fewer than ${FOLDS - 1} of the ${FOLDS} parts weigh it: ${notFirm.join(', ')}. What is measured above leaves out by the same rule.`,
    );
  say();
}

/** A score that says what somebody is was never asked for: whoever gets one by it should be looked at first. */
function sayNewlyScored({ say, colors }: Terminal, { newlyScored }: SuggestedWeights): void {
  if (newlyScored === null || newlyScored.wouldHaveOne === 0) return;
  const { withoutScore, wouldHaveOne, byProfile } = newlyScored;
  const told = `Of ${counted(withoutScore, 'customer', 'customers')} without a score today ${count(wouldHaveOne)} would get one`;
  if (byProfile === 0) say(`${told}.`);
  else
    say(
      colors.yellow(
        `${told}, ${count(byProfile)} of them for more than half by what they are (profile), not by what they do.`,
      ),
    );
}

/** Facts of the org's own, and tenure, are no signals of a dimension that somebody looks after. */
function isSignal(id: string): boolean {
  return !/^(custom|account)\./.test(id);
}

function share(value: number | null): string {
  return value === null ? '-' : value.toFixed(1);
}

function estimate(found: Estimate | null): string {
  if (found === null) return 'not known';
  const [value, low, high] = [found.value, found.low, found.high].map((one) => one.toFixed(3));
  return `${value} (95 %: ${low} to ${high})`;
}
