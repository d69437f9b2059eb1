import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Table from 'cli-table3';
import type { FigureSection, FigureTable } from '../../../domain/insight/figure.js';
import { type ProgramReport, programReport } from '../../../insight/program-report.js';
import { IntegrationError } from '../../../ports/errors.js';
import { figureInWords, goalInWords, oneSpan } from '../../report/figure-words.js';
import { programPage } from '../../report/program-page.js';
import { EXIT } from '../exit-codes.js';
import type { Folder } from '../invocation.js';
import { lookAt } from '../look.js';
import type { Terminal } from '../terminal.js';

/** `program`: what the program comes to, as tables, as JSON, and as a page that can be forwarded. */
export async function programReportCommand(
  folder: Folder,
  terminal: Terminal,
  html: string | null,
): Promise<number> {
  const report = await folder.withState((state) => {
    const { connected, ...tools } = lookAt(folder, state);
    return programReport(tools, connected);
  });
  if (html !== null) writePage(resolve(html), report);
  terminal.json(report);
  if (!terminal.asJson) sayReport(terminal, report);
  if (html !== null) terminal.aside(`The page is in ${resolve(html)}.`);
  return EXIT.done;
}

function writePage(file: string, report: ProgramReport): void {
  try {
    writeFileSync(file, programPage(report));
  } catch (error) {
    throw new IntegrationError({
      kind: 'Config',
      code: 'CANNOT_WRITE_PAGE',
      message: `The page cannot be written to ${file}: ${error instanceof Error ? error.message : String(error)}`,
      actions: ['Name a file in a folder that exists and that you may write to: --html report.html.'],
      retryable: false,
      provider: 'config',
      operation: 'write the page',
    });
  }
}

function sayReport(terminal: Terminal, report: ProgramReport): void {
  const { say, colors } = terminal;
  const { org, asOf } = report;
  say(colors.bold(`The program of ${org.name} as of ${asOf}`));
  say(colors.dim('n = cases behind a number; few = under 30 of them, may be luck.'));
  sayHeadlines(terminal, report);
  for (const section of report.sections) saySection(terminal, section, org.currency);
  say();
  say(colors.dim('What each number is: `--json`, `--html FILE`, docs/insight.md.'));
}

/** What a leader asks for first, with what it should come to. */
function sayHeadlines({ say }: Terminal, { headlines, org: { currency } }: ProgramReport): void {
  const head = ['At a glance', 'Value', 'Target', 'Over'];
  const drawn = new Table({ head, style: { head: [], border: [] } });
  for (const { label, figure } of headlines)
    drawn.push([label, figureInWords(figure, currency), goalInWords(figure, currency), figure.span]);
  say();
  say(drawn.toString());
}

function saySection(terminal: Terminal, { title, tables }: FigureSection, currency: string): void {
  const { say, colors } = terminal;
  say();
  say(colors.bold(title));
  if (tables.length === 0)
    say(colors.dim('  Nothing of this is mapped: `truenorth doctor` says what is missing.'));
  for (const table of tables) sayTable(terminal, table, currency);
}

function sayTable({ say, colors }: Terminal, table: FigureTable, currency: string): void {
  const { title, rowHead, columns, rows, remarks } = table;
  if (rows.length > 0) {
    const head = [rowHead, ...columns.map(({ label }) => label)];
    const drawn = new Table({ head, style: { head: [], border: [] } });
    for (const { label, cells } of rows)
      drawn.push([label, ...cells.map((cell) => (cell === null ? '' : figureInWords(cell, currency)))]);
    say(`${title}, ${periodsOf(table)}`);
    say(drawn.toString());
  }
  for (const remark of remarks) say(`  ${colors.yellow('•')} ${remark}`);
}

/** What a table looks back over, where that is one; rows say theirs where there are several. */
function periodsOf({ rows }: FigureTable): string {
  const cells = rows.flatMap((row) => row.cells.filter((cell) => cell !== null));
  return oneSpan(cells) ?? 'by the period of each row';
}
