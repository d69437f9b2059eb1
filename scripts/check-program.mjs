// `npm run program-page`: the report of the program in a real browser: at desktop and phone width, and on paper, where
// it has one page. With --pictures it also takes the picture of docs/images/ from an embedded company.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { openBrowser, WIDTHS } from '../test/support/page/look.mjs';
import { fullReport } from '../test/support/report/full-report.ts';
import { findBrowser, noBrowser } from './browser.mjs';
import { ROOT } from './runtime.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const executable = findBrowser();
if (executable === null) {
  (process.env.CI === 'true' ? console.error : console.warn)(noBrowser());
  process.exit(process.env.CI === 'true' ? 1 : 0);
}

const { programPage } = await import(join(ROOT, 'dist', 'entrypoints', 'report', 'program-page.js'));
const given = process.argv.find((arg) => arg.endsWith('.html'));
const html = given === undefined ? programPage(fullReport()) : readFileSync(given, 'utf8');
const picture = process.argv.includes('--pictures') ? join(ROOT, 'docs', 'images', 'program.png') : null;
const count = { passed: 0, failed: 0 };
const browser = await openBrowser(executable);
try {
  for (const [size, width] of Object.entries(WIDTHS)) await checkScreen(size, width);
  await checkPaper();
} finally {
  await browser.close();
}
console.log(`program: ${count.passed} passed, ${count.failed} failed`);
process.exitCode = count.failed === 0 ? 0 : 1;

function tell(name, problems) {
  count[problems.length === 0 ? 'passed' : 'failed'] += 1;
  console.log(`${problems.length === 0 ? 'pass' : 'FAIL'}  ${[name, ...problems].join('\n      ')}`);
}

/** A window in which the page asks for nothing and says nothing wrong. */
async function openPage(viewport) {
  const page = await browser.newPage({ viewport });
  const problems = [];
  page.on('console', (line) => {
    if (['error', 'warning'].includes(line.type())) problems.push(`the console says: ${line.text()}`);
  });
  page.on('request', (request) => problems.push(`it asks for ${request.url()}`));
  await page.setContent(html);
  return { page, problems };
}

async function checkScreen(size, width) {
  const { page, problems } = await openPage({ width, height: 800 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { resultTypes: ['violations'] }),
  );
  const found = violations.map(
    ({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
  tell(`the page, ${size}`, [
    ...problems,
    ...(wide ? ['it scrolls sideways'] : []),
    ...(await overflowing(page)),
    ...(await cutOff(page)),
    ...found,
  ]);
  if (picture !== null && size === 'desktop') {
    await page.screenshot({ path: picture, fullPage: true, clip: { x: 0, y: 0, width, height: 1_180 } });
  }
  await page.close();
}

/** Tables that are wider than the column that they stand in: they would cover their neighbour. */
function overflowing(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('.table')]
      .filter((table) => table.scrollWidth > table.clientWidth + 1)
      .map((table) => `${table.querySelector('h3').textContent} is wider than its column`),
  );
}

/** Words of pictures that are cut off at their edge. */
function cutOff(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('svg.lines')].flatMap((picture) => {
      const edge = picture.getBoundingClientRect();
      return [...picture.querySelectorAll('text')]
        .filter((text) => {
          const { left, right, bottom } = text.getBoundingClientRect();
          return left < edge.left - 0.5 || right > edge.right + 0.5 || bottom > edge.bottom + 0.5;
        })
        .map((text) => `${text.lastChild.textContent} is cut off in: ${picture.getAttribute('aria-label')}`);
    }),
  );
}

/** One A4 page, and nothing cut off at its right edge. */
async function checkPaper() {
  const { page, problems } = await openPage({ width: 733, height: 1_062 });
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  const pages = (pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g) ?? []).length;
  await page.emulateMedia({ media: 'print' });
  const [width, height] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.body.getBoundingClientRect().height,
  ]);
  tell(`the page on paper, ${Math.round(height)} of 1062 px high`, [
    ...problems,
    ...(await overflowing(page)),
    ...(pages === 1 ? [] : [`it has ${pages} pages`]),
    ...(width > 733 ? [`it is ${width} px wide, and the paper 733`] : []),
  ]);
  await page.close();
}
