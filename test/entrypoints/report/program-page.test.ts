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
    expect(page.includes('too little data<small>n 12</small>')).toBe(true);
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

  it('takes names for text, whatever they hold', () => {
    const report = fullReport();
    const odd = { ...report, org: { ...report.org, name: '<script>alert(1)</script> & Söhne' } };
    expect(programPage(odd).includes('&lt;script>alert(1)&lt;/script> &amp; Söhne')).toBe(true);
  });
});
