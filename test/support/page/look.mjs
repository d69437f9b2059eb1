import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'];
const QUIET = ['--disable-background-networking', '--disable-component-update'];

/** Desktop: the main column of a record page. Phone: the whole width. In CSS pixels. */
export const WIDTHS = { desktop: 1280, phone: 375 };

export function openBrowser(executablePath) {
  return chromium.launch({ executablePath, args: [...FLAGS, ...QUIET] });
}

/**
 * Opens a page at a width and collects what is wrong with it while it is used: errors in the console, requests that
 * leave this machine, what accessibility rules find serious, and whatever stands out over the edge.
 */
export async function lookAt(browser, { url, width, ready }) {
  const page = await browser.newPage({ viewport: { width, height: 640 }, deviceScaleFactor: 2 });
  const problems = [];
  page.on('console', (line) => {
    if (['error', 'warning'].includes(line.type())) problems.push(`the console says: ${line.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`the page fails: ${error.message}`));
  await page.route('**/*', (route) => {
    const { hostname, protocol } = new URL(route.request().url());
    if (hostname === '127.0.0.1' || protocol === 'data:') return route.continue();
    problems.push(`it asks ${hostname}`);
    return route.abort();
  });
  await page.goto(url);
  await page.locator(ready).first().waitFor({ state: 'attached', timeout: 15_000 });
  const look = async () => [...problems, ...(await sticksOut(page)), ...(await inaccessible(page))];
  return { page, look };
}

/** Parts of the component that are cut off or make the page scroll sideways. */
function sticksOut(page) {
  return page.evaluate(() => {
    const root = document.querySelector('c-truenorth-health').shadowRoot;
    const card = root.querySelector('article').getBoundingClientRect();
    const over = [...root.querySelectorAll('article *')].filter((part) => {
      const { left, right, width } = part.getBoundingClientRect();
      return width > 1 && (left < card.left - 1 || right > card.right + 1);
    });
    const wide = document.documentElement.scrollWidth > window.innerWidth;
    const cut = [...root.querySelectorAll('article *')].filter(
      (part) =>
        part instanceof HTMLElement && part.clientWidth > 1 && part.scrollWidth > part.clientWidth + 1,
    );
    const name = (part) => `${part.localName}.${part.getAttribute('class') ?? ''} stands out over its edge`;
    return [...(wide ? ['the page scrolls sideways'] : []), ...new Set([...over, ...cut].map(name))];
  });
}

async function inaccessible(page) {
  await page.addScriptTag({ path: AXE });
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { resultTypes: ['violations'] }),
  );
  return violations
    .filter(({ impact }) => ['serious', 'critical', 'moderate'].includes(impact))
    .map(
      ({ id, help, nodes }) =>
        `${id}: ${help} (${nodes.map(({ target }) => target.flat().join(' ')).join(', ')})`,
    );
}
