import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { render } from 'preact-render-to-string';
import { spokenDay } from '../../domain/day.js';
import type { Figure, FigureSection, FigureTable } from '../../domain/insight/figure.js';
import type { Headline, ProgramReport } from '../../insight/program-report.js';
import { basisInWords, targetInWords, whole } from './figure-words.js';
import { Num } from './num.js';
import { TableOf } from './table-of.js';

const STYLE = readFileSync(join(import.meta.dirname, 'assets', 'program.css'), 'utf8');

/** The report as one page that asks for nothing: no script, no font, no picture from elsewhere. */
export function programPage(report: ProgramReport): string {
  return `<!doctype html>${render(<Page report={report} />)}\n`;
}

function Page({ report }: { readonly report: ProgramReport }) {
  const { org, sections, headlines } = report;
  const title = `The customer success program of ${org.name}`;
  return (
    <html lang="en" style={`--paper: ${paperSize(sections)}px`}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        <main>
          <h1>{title}</h1>
          <About report={report} />
          <Tiles headlines={headlines} currency={org.currency} />
          <div class="sections">
            {sections
              .filter(({ tables }) => tables.length > 0)
              .map((section) => (
                <Section key={section.id} section={section} currency={org.currency} />
              ))}
          </div>
          <Notes report={report} />
        </main>
      </body>
    </html>
  );
}

/** Letters on paper are as large as one page allows: the more is told, the smaller. In CSS pixels. */
function paperSize(sections: readonly FigureSection[]): number {
  const lines = sections.flatMap(({ tables }) => tables).reduce((sum, table) => sum + linesOf(table), 0);
  return Math.round(Math.min(LARGEST, (LARGEST * LINES_AT_LARGEST) / Math.max(1, lines)) * 10) / 10;
}

/** A picture has its numbers beneath it, with their n on lines of their own; so has a row of many columns or of intervals. */
function linesOf({ rows, columns, chart }: FigureTable): number {
  if (chart === 'lines') return HEAD_LINES + CHART_LINES + 2 * columns.length;
  const high = rows.filter(
    ({ cells }) => cells.length > MANY_COLUMNS || cells.some((cell) => cell !== null && cell.low !== null),
  );
  return HEAD_LINES + rows.length + high.length;
}

const HEAD_LINES = 3;
const CHART_LINES = 9;
const MANY_COLUMNS = 3;
const LARGEST = 8.2;
/** So many lines fill one page at the largest size, definitions included. */
const LINES_AT_LARGEST = 208;

function About({ report: { asOf, basedOn } }: { readonly report: ProgramReport }) {
  return (
    <p class="about">
      As of <time dateTime={asOf}>{dayText(asOf)}</time>, from the book as the run of{' '}
      <time dateTime={basedOn.day}>{dayText(basedOn.day)}</time> left it. “n” is how many cases stand behind a
      number; one that rests on too few is told as too little data.{' '}
      <span data-label>
        † marks a share, a mean or a median of under 30 cases: it says what was, and may be luck.
      </span>{' '}
      What each number is stands at the end of the page, for phones and paper; a mouse that points at a number
      shows it, too.
    </p>
  );
}

function dayText(text: string): string {
  return spokenDay(Date.parse(`${text}T00:00:00Z`) / 86_400_000);
}

function Tiles({
  headlines,
  currency,
}: {
  readonly headlines: readonly Headline[];
  readonly currency: string;
}) {
  return (
    <ul class="tiles">
      {headlines.map(({ id, label, figure }) => (
        <li key={id}>
          <strong>
            <Num figure={figure} currency={currency} bare />
          </strong>
          {label}
          <Goal figure={figure} currency={currency} />
          <small>
            <abbr title={basisInWords(figure)}>
              <span class="value">{`n ${whole(figure.n)}`},</span> {figure.span}
            </abbr>
          </small>
        </li>
      ))}
    </ul>
  );
}

/** Met or not in words and with a sign, never by colour alone. */
function Goal({ figure, currency }: { readonly figure: Figure; readonly currency: string }) {
  const { met, span, n, definition } = figure;
  const wanted = targetInWords(figure, currency);
  if (wanted === '') return null;
  const judged = met === 'met' || met === 'not met';
  return (
    <div class={`goal ${met === 'met' ? 'met' : ''}${met === 'not met' ? 'unmet' : ''}`}>
      {judged && <span class="value">{met === 'met' ? '✓ met,' : '✗ not met,'}</span>}{' '}
      <abbr title={`n ${whole(n)}; ${span}; the target in config/program.yaml of: ${definition}`}>
        target: <span class="value">{wanted}</span>
      </abbr>
    </div>
  );
}

function Section({ section, currency }: { readonly section: FigureSection; readonly currency: string }) {
  return (
    <section aria-labelledby={section.id}>
      <h2 id={section.id}>{section.title}</h2>
      {section.tables.map((table) => (
        <TableOf key={table.id} table={table} currency={currency} />
      ))}
    </section>
  );
}

/** What each number is, once: for paper and for whoever cannot point. */
function Notes({ report: { sections, headlines } }: { readonly report: ProgramReport }) {
  const told = new Map(headlines.map(({ label, figure }) => [figure.definition, label]));
  for (const { tables } of sections) for (const table of tables) noteTable(told, table);
  return (
    <section aria-labelledby="notes">
      <h2 id="notes">What each number is</h2>
      <dl class="notes">
        {[...told].map(([definition, label]) => (
          <div key={definition}>
            <dt data-label>{label}</dt> <dd data-definition>{definition}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function noteTable(told: Map<string, string>, { title, columns, rows, chart }: FigureTable): void {
  for (const { cells } of rows)
    for (const [index, cell] of cells.entries())
      if (cell !== null && !told.has(cell.definition))
        told.set(cell.definition, chart === 'lines' ? title : (columns[index]?.label ?? title));
}
