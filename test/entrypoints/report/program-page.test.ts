import { describe, expect, it } from '@jest/globals';
import { programPage } from '../../../src/entrypoints/report/program-page.js';
import { fullReport } from '../../support/report/full-report.js';
import { untraceable } from '../../support/report/untraceable.js';

describe('the page of the program', () => {
  const page = programPage(fullReport());

  it('says of every number what it rests on: n, period and definition', () => {
    expect(untraceable(page)).toEqual([]);
  });

  it('is caught when a number says nothing of itself', () => {
    expect(untraceable(page.replace(/ title="[^"]*"/, ''))).not.toEqual([]);
    expect(untraceable('<html><p>38 accounts</p></html>')).toEqual(['38 accounts']);
    expect(untraceable('<html><abbr title="n 38">38</abbr></html>')).toEqual(['38']);
  });

  it('asks for nothing: no script, no link, no picture, no font from elsewhere', () => {
    expect(page.match(/<script|<link|<img|<iframe|@import|url\(|https?:/g)).toBeNull();
  });

  it('says too little data, and does not hide it', () => {
    expect(page).toMatch(/too little data<\/span> <small>n 12<\/small>/);
  });

  it('explains each number once more at its end, for paper', () => {
    const defined = new Set(
      fullReport().sections.flatMap(({ tables }) =>
        tables.flatMap(({ rows }) =>
          rows.flatMap(({ cells }) => cells.flatMap((cell) => cell?.definition ?? [])),
        ),
      ),
    );
    const missing = [...defined].filter((one) => !page.includes(`<dd data-definition="true">${one}</dd>`));
    expect(missing).toEqual([]);
  });

  it('says on each card what is wanted, which way, in its unit, and over which time', () => {
    const card = (label: string) =>
      page.split('<li>').find((one) => one.includes(`</strong>${label}<`)) ?? '';
    const words = (html: string) => html.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ');
    expect(words(card('Churn'))).toContain('✓ met, target: at most 75 %');
    expect(words(card('Engagement'))).toContain('✗ not met, target: at least 75 %');
    expect(words(card('Churn'))).toContain('n 1,234, 12 months to 27 Nov 2026');
  });

  it('draws every line over a labelled axis, with the newest value at its end', () => {
    const pictures = page.match(/<svg class="lines".*?<\/svg>/gs) ?? [];
    expect(pictures).toHaveLength(4);
    const ticks = (picture: string) =>
      [...picture.matchAll(/<text[^>]*text-anchor="end"[^>]*>([^<]*)</g)].map(([, tick]) => tick);
    const [low = '', high = ''] = pictures;
    expect(ticks(low)).toEqual(['0 %', '5 %', '10 %', '15 %', '20 %']);
    expect(low.match(/<\/title>17.3 %</g)).toHaveLength(4);
    expect(ticks(high)).toEqual(['0 %', '50 %', '100 %', '150 %']);
    expect(high.match(/<\/title>107.3 %</g)).toHaveLength(4);
  });

  it('shows past quarters without anything to open, for paper', () => {
    expect(page).not.toContain('<details');
    const table = page.match(/<table class="quarters".*?<\/table>/s)?.[0] ?? '';
    for (const quarter of ['2025-Q3', '2026-Q4']) expect(table).toContain(`>${quarter}<`);
    expect(table.match(/<span class="value">12.3/g)).toHaveLength(5);
  });

  it('marks what rests on under thirty cases, and says what the mark is', () => {
    const report = fullReport();
    const few = report.headlines.map((one) => ({ ...one, figure: { ...one.figure, n: 8, few: true } }));
    const marked = programPage({ ...report, headlines: few });
    expect(marked.match(/<sup class="few">†<\/sup>/g)).toHaveLength(few.length);
    expect(marked).toContain('title="n 8; 12 months to 27 Nov 2026; under 30 cases, may be luck; ');
    expect(page).toContain('† marks a share, a mean or a median of under 30 cases');
    expect(page).not.toContain('<sup class="few">');
  });

  it('takes names for text, whatever they hold', () => {
    const report = fullReport();
    const odd = { ...report, org: { ...report.org, name: '<script>alert(1)</script> & Söhne' } };
    expect(programPage(odd).includes('&lt;script>alert(1)&lt;/script> &amp; Söhne')).toBe(true);
  });
});
