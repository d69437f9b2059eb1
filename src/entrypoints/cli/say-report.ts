import type { Tools } from '../../sync/context.js';
import { readControls } from '../../sync/controls.js';
import { contestedSentence, shown } from '../../sync/quarrels.js';
import type { Report } from '../../sync/report.js';
import { type BandCount, biggestMoves } from './biggest-moves.js';
import type { Terminal } from './terminal.js';

const count = (n: number): string => n.toLocaleString('en-US');

const many = (n: number, one: string, more = `${one}s`): string => `${count(n)} ${n === 1 ? one : more}`;

type Told = Pick<Tools, 'state' | 'settings'>;

/** A run in words: what was read, what changes and why, what was refused, what it cost. */
export async function sayReport(terminal: Terminal, tools: Told, report: Report): Promise<void> {
  if (terminal.asJson) return;
  const { say, colors } = terminal;
  say();
  const { fields: fieldsPaused } = await readControls(tools.state.notes);
  say(colors.bold(headline(report, fieldsPaused)));
  say(
    `  Read         ${many(report.accounts.read, 'row')}, ${count(report.accounts.changed)} of them changed; ${many(report.accounts.assessed, 'account')} assessed`,
  );
  say(
    `  Changes      ${many(report.changes.fields, 'field')} on ${many(report.changes.records, 'record')}, ${many(report.changes.enrolments, 'enrolment')}, ${many(report.changes.tasks, 'task')}, ${count(report.changes.leaves)} taken out again`,
  );
  if (report.changes.crmRecords > 0)
    say(
      report.applied
        ? `  History      ${many(report.changes.crmRecords, 'record')} in Salesforce ${report.changes.crmRecords === 1 ? 'tells' : 'tell'} of it: snapshots, episodes, decisions, numbers`
        : `  History      ${many(report.changes.crmRecords, 'account has', 'accounts have')} a snapshot, an episode or an advocate to tell of`,
    );
  if (report.moves.granted + report.moves.waiting > 0)
    say(
      `  Tier moves   ${count(report.moves.granted)} granted, ${count(report.moves.waiting)} waiting for a place`,
    );
  sayRefused(terminal, report);
  await sayRejected(terminal, tools, report);
  sayChanged(terminal, report);
  sayCalls(terminal, report);
  await sayMoves(terminal, tools, report);
  if (report.notes.length > 0)
    say(
      colors.dim(
        `  ${many(report.notes.length, 'note')} on what is missing (\`truenorth doctor\` lists them)`,
      ),
    );
  say(colors.dim(`  run ${report.run}, ${report.seconds} s, peak memory ${report.peakMemoryMb} MB`));
}

const FIELDS_PAUSED = 'account fields are paused (`truenorth resume --fields` lets them go on)';

/** What a run came to, and first of all what is held back by hand. */
function headline(report: Report, fieldsPaused: boolean): string {
  const came = cameTo(report, fieldsPaused);
  return fieldsPaused ? `${came}; ${FIELDS_PAUSED}` : came;
}

function cameTo({ status, applied, changes, pausedBecause }: Report, fieldsPaused: boolean): string {
  const nothing =
    changes.records + changes.enrolments + changes.tasks + changes.leaves + changes.crmRecords === 0;
  if (status === 'paused') return `Paused: ${pausedBecause}`;
  if (nothing && fieldsPaused) return applied ? 'Done: nothing was written' : 'Plan: nothing to change';
  if (nothing)
    return applied ? 'Done: everything was as it should be, nothing was written' : 'Plan: nothing to change';
  if (!applied) return 'Plan (nothing was written; `truenorth sync --apply` carries it out)';
  return status === 'rejected' ? 'Done, with records that Salesforce or HubSpot refused' : 'Done';
}

const MOST_LETTERS = 1_000;

function sayRefused({ say }: Terminal, { refused, deferred }: Report): void {
  const final = Object.entries(refused).map(([code, n]) => [code, n - (deferred[code] ?? 0)] as const);
  sayCodes(say, 'Not enrolled', final);
  sayCodes(say, 'Put off     ', Object.entries(deferred));
}

function sayCodes(say: Terminal['say'], title: string, codes: readonly (readonly [string, number])[]): void {
  const some = codes.filter(([, n]) => n > 0).sort((a, b) => b[1] - a[1]);
  if (some.length > 0) say(`  ${title} ${some.map(([code, n]) => `${code} ${count(n)}`).join(', ')}`);
}

async function sayRejected(
  { say, colors }: Terminal,
  { state }: Told,
  { rejected, waiting }: Report,
): Promise<void> {
  const letters = rejected.length === 0 ? [] : await state.deadLetters.list(MOST_LETTERS);
  const byReason = new Map<string, { n: number; advice: string; example: string }>();
  for (const { code, message, advice, record } of rejected) {
    const key = `${code}: ${message}`;
    const seen = byReason.get(key);
    byReason.set(key, { n: (seen?.n ?? 0) + 1, advice, example: seen?.example ?? record });
  }
  for (const [reason, { n, advice, example }] of byReason) {
    say(colors.red(`  Refused      ${count(n)} × ${reason}`));
    const letter = letters.find(({ record }) => record === example);
    const again = letter === undefined ? '' : `; then \`truenorth retry ${letter.id}\``;
    say(`               ${advice} (for example ${example}${again})`);
  }
  if (waiting > 0)
    say(`  Waiting      ${many(waiting, 'refused record')}; mend the cause, then \`truenorth retry\``);
}

const MOST_CHANGED = 3;

/** What others made of our fields. */
function sayChanged({ say, colors }: Terminal, { readBack, contested }: Report): void {
  if (readBack.fields > 0)
    say(
      `  Changed      ${many(readBack.fields, 'field')} of ${many(readBack.records, 'record')} read back ${readBack.fields === 1 ? 'holds' : 'hold'} something else than was written`,
    );
  for (const { field, record, wrote, holds } of readBack.changed.slice(0, MOST_CHANGED))
    say(colors.dim(`               ${field} on ${record}: wrote ${shown(wrote)}, holds ${shown(holds)}`));
  for (const one of contested) say(colors.red(`  Contested    ${contestedSentence(one)}`));
}

function sayCalls({ say }: Terminal, { calls, forecast, applied }: Report): void {
  const sum = (kinds: Readonly<Record<string, number>>): number =>
    Object.values(kinds).reduce((a, b) => a + b, 0);
  const others = sum(calls.outreach) > 0 ? `, Outreach ${count(sum(calls.outreach))}` : '';
  say(
    `  API calls    Salesforce ${count(sum(calls.salesforce))}, HubSpot ${count(sum(calls.hubspot))}${others}`,
  );
  if (!applied && forecast.salesforce + forecast.hubspot > 0) {
    say(
      `  To apply     about ${count(forecast.salesforce)} Salesforce and ${count(forecast.hubspot)} HubSpot calls: ${forecast.why}`,
    );
  }
}

async function sayMoves(terminal: Terminal, { state, settings }: Told, report: Report): Promise<void> {
  const { moves, bands } = await biggestMoves(state, report.run, settings.crm.write);
  if (bands.length > 0)
    terminal.say(
      `  Into band    ${bands.map((band: BandCount) => `${band.band} ${count(band.accounts)}`).join(', ')}`,
    );
  if (moves.length === 0) return;
  terminal.say();
  terminal.say(terminal.colors.bold('Biggest moves'));
  for (const move of moves) {
    terminal.say(`  ${move.name} (${move.account}): ${move.from} → ${move.to}`);
    for (const reason of move.reasons) terminal.say(terminal.colors.dim(`      ${reason}`));
  }
}
