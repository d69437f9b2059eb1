// `npm run pages`: the Lightning component in a real browser, in every sight and at desktop and phone width, with an
// account of the embedded org among them. With --pictures it also takes the pictures of docs/images/.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CASES } from '../test/support/page/cases.mjs';
import { lookAt, openBrowser, WIDTHS } from '../test/support/page/look.mjs';
import { accountAfterRuns, NOW } from '../test/support/page/org-account.mjs';
import { servePage } from '../test/support/page/serve.mjs';
import { answersFrom } from '../test/support/page/wires.mjs';
import { findBrowser, noBrowser } from './browser.mjs';
import { findNode, ROOT } from './runtime.mjs';
import { startSandbox } from './sandbox-process.mjs';

const READY = { loading: '[role=status]', failed: '[role=alert]', withheld: '.note', unassessed: '.note' };
const pictures = process.argv.includes('--pictures');
const executable = findBrowser();
if (executable === null) {
  (process.env.CI === 'true' ? console.error : console.warn)(noBrowser());
  process.exit(process.env.CI === 'true' ? 1 : 0);
}

const count = { passed: 0, failed: 0 };
const browser = await openBrowser(executable);
try {
  await checkSights();
  await checkOrg();
} finally {
  await browser.close();
}
console.log(`pages: ${count.passed} passed, ${count.failed} failed`);
process.exitCode = count.failed === 0 ? 0 : 1;

function tell(name, problems) {
  count[problems.length === 0 ? 'passed' : 'failed'] += 1;
  console.log(`${problems.length === 0 ? 'pass' : 'FAIL'}  ${[name, ...problems].join('\n      ')}`);
}

/** Every sight from rows of our own making. */
async function checkSights() {
  const fieldsModule = readFileSync(join(ROOT, 'test', 'support', 'page', 'fields.mjs'), 'utf8');
  const { url, close } = await servePage({ cases: CASES, fieldsModule });
  for (const [size, width] of Object.entries(WIDTHS)) {
    for (const name of Object.keys(CASES)) {
      const ready = READY[name] ?? '.badge';
      const picture = size === 'desktop' && name === 'unknown' ? 'health-unknown.png' : null;
      await check({ name: `${name}, ${size}`, url: `${url}/?case=${name}`, width, ready, picture });
    }
    await check({ name: `right to left, ${size}`, url: `${url}/?case=full&dir=rtl`, width, ready: '.badge' });
  }
  await checkKeyboard(`${url}/?case=full`);
  await close();
}

async function check({ name, url, width, ready, picture }) {
  const { page, look } = await lookAt(browser, { url, width, ready });
  if (picture && pictures)
    await page.screenshot({ path: join(ROOT, 'docs', 'images', picture), fullPage: true });
  for (const summary of await page.locator('summary').all()) await summary.click();
  tell(name, await look());
  await page.close();
}

/** What can be opened is reached with Tab and opened with Enter. */
async function checkKeyboard(url) {
  const { page } = await lookAt(browser, { url, width: WIDTHS.desktop, ready: '.toggle' });
  const reached = [];
  for (const expected of ['History as a table', 'Show all 7', 'Last change: 67 to 58']) {
    await page.keyboard.press('Tab');
    const text = await page.evaluate(() => {
      const outer = document.activeElement;
      return (outer.shadowRoot?.activeElement ?? outer).textContent;
    });
    if (text !== expected) reached.push(`Tab reaches "${text}" where "${expected}" comes next`);
    await page.keyboard.press('Enter');
  }
  if ((await page.locator('.driver').count()) !== 7) reached.push('Enter does not show all drivers');
  if ((await page.locator('details[open]').count()) !== 2) reached.push('Enter does not open the tables');
  tell('keyboard', reached);
  await page.close();
}

/** An account that was synced into the embedded org and is read from there. */
async function checkOrg() {
  const folder = mkdtempSync(join(tmpdir(), 'truenorth-pages-'));
  const envFile = join(folder, 'sandbox.env');
  const program = join(ROOT, 'dist', 'entrypoints', 'cli', 'main.js');
  const node = findNode();
  const { sandbox, salesforce } = await startSandbox({ node, program, envFile, accounts: 100, now: NOW });
  try {
    const launcher = join(ROOT, 'scripts', 'truenorth.mjs');
    const { names, account, snapshots } = await accountAfterRuns({
      node,
      launcher,
      folder,
      envFile,
      salesforce,
    });
    const { healthComponent } = await import(
      join(ROOT, 'dist', 'install', 'component', 'health-component.js')
    );
    const fieldsModule = healthComponent(names).files['fields.js'];
    const { url, close } = await servePage({
      cases: { org: answersFrom({ account, snapshots }) },
      fieldsModule,
    });
    for (const [size, width] of Object.entries(WIDTHS)) {
      const picture = `health-${size}.png`;
      const address = `${url}/?case=org&name=${encodeURIComponent(account.Name)}`;
      await check({
        name: `${account.Name} of the embedded org, ${size}`,
        url: address,
        width,
        ready: '.driver',
        picture,
      });
    }
    await close();
  } finally {
    sandbox.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
}
