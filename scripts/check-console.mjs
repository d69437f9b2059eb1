// `npm run console`: the console in a real browser, in front of a real service: log in, review a plan that a brake
// holds, approve it, watch it run, retry an error, explain an account. With --pictures it also takes the pictures of
// docs/images/.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { openBrowser, WIDTHS } from '../test/support/page/look.mjs';
import { findBrowser, noBrowser } from './browser.mjs';
import { ADA, startConsoleService } from './console-service.mjs';
import { ROOT } from './runtime.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const LONG_MS = 120_000;
/** Of which pages pictures are taken, at which width, under which name. */
const PICTURED = {
  desktop: { account: 'account', playbooks: 'playbooks', playbook: 'playbook', system: 'system' },
  phone: { overview: 'overview-phone', account: 'account-phone' },
};
const pictures = process.argv.includes('--pictures');
const executable = findBrowser();
if (executable === null) {
  (process.env.CI === 'true' ? console.error : console.warn)(noBrowser());
  process.exit(process.env.CI === 'true' ? 1 : 0);
}

const count = { passed: 0, failed: 0 };
const browser = await openBrowser(executable);
const service = await startConsoleService();
try {
  await byKeyboard();
  await everyPage('phone');
  await everyPage('desktop');
  await withoutScripts();
} finally {
  await browser.close();
  service.close();
}
console.log(`console: ${count.passed} passed, ${count.failed} failed`);
process.exitCode = count.failed === 0 ? 0 : 1;

function tell(name, problems) {
  count[problems.length === 0 ? 'passed' : 'failed'] += 1;
  console.log(`${problems.length === 0 ? 'pass' : 'FAIL'}  ${[name, ...problems].join('\n      ')}`);
}

/** A window of its own, and what goes wrong in it: errors in the console, requests that leave this machine. */
async function openWindow(size, settings = {}) {
  const context = await browser.newContext({ viewport: { width: WIDTHS[size], height: 800 }, ...settings });
  const page = await context.newPage();
  page.setDefaultTimeout(LONG_MS);
  const problems = [];
  page.on('console', (line) => {
    if (['error', 'warning'].includes(line.type())) problems.push(`the console says: ${line.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`the page fails: ${error.message}`));
  await page.route('**/*', (route) => {
    const { hostname } = new URL(route.request().url());
    if (hostname === '127.0.0.1') return route.continue();
    problems.push(`it asks ${hostname}`);
    return route.abort();
  });
  return { page, problems, close: () => context.close() };
}

/** The upper part of a page, as large as a picture in the documents should be. */
async function take(page, picture) {
  if (picture === null || !pictures) return;
  const { width } = page.viewportSize();
  const clip = { x: 0, y: 0, width, height: width > 500 ? 660 : 760 };
  await page.screenshot({ path: join(ROOT, 'docs', 'images', `console-${picture}.png`), clip });
}

/** What was wrong so far, what stands out over the edge, and what the rules of accessibility find. */
async function lookAt({ page, problems }, name, picture = null) {
  await take(page, picture);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { resultTypes: ['violations'] }),
  );
  const found = violations.map(
    ({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
  tell(name, [...problems.splice(0), ...(wide ? ['the page scrolls sideways'] : []), ...found]);
}

/** Goes on with Tab until something of that name has the focus, then presses Enter. */
async function reach(page, name) {
  const passed = [];
  for (let presses = 0; presses < 150; presses += 1) {
    await page.keyboard.press('Tab');
    const text = await page.evaluate(() => {
      const { activeElement: one } = document;
      return (one?.getAttribute('aria-label') ?? one?.textContent ?? '').trim();
    });
    passed.push(text);
    if (typeof name === 'string' ? text === name : name.test(text)) return page.keyboard.press('Enter');
  }
  throw new Error(
    `Tab does not reach "${name}" on ${page.url()}; it passed ${passed.slice(0, 30).join(' | ')}`,
  );
}

async function logIn(page) {
  await page.goto(`${service.url}/login`);
  await page.keyboard.press('Tab');
  await page.keyboard.type(ADA.name);
  await page.keyboard.press('Tab');
  await page.keyboard.type(ADA.password);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${service.url}/`);
}

/** Loads the page again until it says so. */
async function untilShown(page, text) {
  const end = Date.now() + LONG_MS;
  while (Date.now() < end) {
    await page.reload();
    if ((await page.getByText(text).count()) > 0) return;
    await page.waitForTimeout(500);
  }
  throw new Error(
    `${page.url()} does not say "${text}"; it says: ${await page.locator('main').textContent()}`,
  );
}

/** The main path, with nothing but a keyboard. */
async function byKeyboard() {
  const window = await openWindow('desktop');
  const { page } = window;
  await page.goto(`${service.url}/login`);
  await lookAt(window, 'log in', 'log-in');
  await logIn(page);
  // The service makes a run of its own as it starts; the plan that it holds is the one to be looked at.
  await untilShown(page, 'Review the plan');
  await lookAt(window, 'the overview', 'overview');
  await reach(page, 'Review the plan');
  await page.getByRole('heading', { name: 'A plan waits for you' }).waitFor();
  await lookAt(window, 'a plan that a brake holds', 'plan');
  await reach(page, 'Approve and run now');
  await page.getByRole('heading', { name: 'How far it is' }).waitFor();
  await lookAt(window, 'a run that was just asked for');
  await page.locator('#progress:not([hx-get])').waitFor();
  await page.getByText('Done, with refusals').first().waitFor();
  await lookAt(window, 'a run that has ended', 'run');
  await reach(page, /^Errors/);
  await page.getByRole('heading', { name: 'Refused records' }).waitFor();
  await lookAt(window, 'errors with advice', 'errors');
  const before = await page.getByRole('button', { name: /^Retry ./ }).count();
  await reach(page, /^Retry (?!all)/);
  await page.getByText('1 record is tried again').waitFor();
  const after = await page.getByRole('button', { name: /^Retry ./ }).count();
  tell(
    'an error that is retried leaves the list',
    after === before - 1 ? [] : [`${before} before, ${after} after`],
  );
  await reach(page, 'Accounts');
  await page.getByRole('heading', { name: 'Accounts', level: 1 }).waitFor();
  await lookAt(window, 'accounts', 'accounts');
  await window.close();
}

/** Every page at a width, with all that can be opened open. */
async function everyPage(size) {
  const window = await openWindow(size);
  const { page } = window;
  await logIn(page);
  for (const [name, path] of await pathsFrom(page)) {
    await page.goto(service.url + path);
    await page.waitForLoadState('networkidle');
    const picture = PICTURED[size][name] ?? null;
    await take(page, picture);
    for (const summary of await page.locator('summary:visible').all()) await summary.click();
    await lookAt(window, `${name}, ${size}`);
  }
  await addsUp(page, size);
  if (size === 'desktop') await askWhatIf(window);
  await window.close();
}

async function pathsFrom(page) {
  const first = async (path, link) => {
    await page.goto(service.url + path);
    return page.locator(link).first().getAttribute('href');
  };
  return [
    ['overview', '/'],
    ['accounts at risk', '/accounts?band=risk&order=measure'],
    ['no account', '/accounts?search=%3Cscript%3Ealert(1)%3C/script%3E'],
    ['account', await first('/accounts?band=watch&order=measure', 'tbody th a')],
    ['account without a score', await first('/accounts?band=unknown', 'tbody th a')],
    ['runs', '/runs'],
    ['run', await first('/runs', 'tbody th a')],
    ['plan', '/plan'],
    ['errors', '/errors'],
    ['playbooks', '/playbooks'],
    ['playbook', await first('/playbooks', 'tbody th a')],
    ['what if', '/what-if'],
    ['system', '/system'],
  ];
}

/** The points of the account's waterfall sum to what is missing to 100. */
async function addsUp(page, size) {
  await page.goto(service.url + (await pathsFrom(page)).find(([name]) => name === 'account')[1]);
  const points = await page.locator('.waterfall td').allTextContents();
  const [all, ...rest] = points.map((text) => Number(text.trim().replace('−', '-')));
  const score = rest.pop();
  const sum = rest.reduce((left, step) => left + step, all);
  tell(
    `an account's points add up, ${size}`,
    sum === score ? [] : [`${points.join(' ')} does not come to ${score}`],
  );
}

/** Other weights: asked, worked out by the engine, shown without loading the page again. */
async function askWhatIf(window) {
  const { page } = window;
  await page.goto(`${service.url}/what-if`);
  await page.locator('fieldset').last().locator('input').first().fill('100');
  await page.getByRole('button', { name: 'Work it out' }).click();
  await page.getByRole('heading', { name: 'Who moves most' }).waitFor();
  await page.reload();
  await lookAt(window, 'what if: who would move', 'what-if');
}

/** Pages and forms do without any script. */
async function withoutScripts() {
  const window = await openWindow('desktop', { javaScriptEnabled: false });
  const { page } = window;
  await logIn(page);
  await page.goto(`${service.url}/accounts`);
  await page.locator('[name=band]').selectOption('risk');
  await page.getByRole('button', { name: 'Show' }).click();
  const shown = await page.locator('tbody .badge').allTextContents();
  const others = shown.filter((band) => band !== 'At risk');
  tell(
    'a filter without scripts',
    shown.length > 0 && others.length === 0 ? [] : [`it shows ${shown.join(', ')}`],
  );
  await page.goto(`${service.url}/runs`);
  await page.getByRole('button', { name: 'Plan only' }).click();
  await page.getByText('The plan is asked for').waitFor();
  tell('a run asked for without scripts', window.problems);
  await window.close();
}
