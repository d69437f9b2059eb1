import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { consolePart } from '../../../../src/entrypoints/http/session/console-part.js';
import { saveUser } from '../../../../src/service/access/users.js';
import { browserOf } from '../../../support/service/browser.js';
import { PLAIN_PAGES } from '../../../support/service/plain-pages.js';
import { deskOf, type RunningApp, runningApp } from '../../../support/service/running-app.js';
import { settingsWith } from '../../../support/world/settings.js';
import { aWorld, type World } from '../../../support/world/world.js';

const PASSWORD = 'three green paper boats';
const ASKER = { who: 'cli:test', trace: 't' };
const settings = settingsWith({}, 'enabled: true\n');

let world: World;
let app: RunningApp;

beforeEach(async () => {
  world = aWorld({ settings });
  const desk = deskOf(world);
  await saveUser(desk, { name: 'Cleo', password: PASSWORD, scope: 'write' }, ASKER);
  await saveUser(desk, { name: 'robin', password: PASSWORD, scope: 'read' }, ASKER);
  app = await runningApp(desk, { options: { parts: [consolePart(PLAIN_PAGES)] } });
});
afterEach(() => app.stop());

async function loggedIn(name = 'cleo') {
  const browser = browserOf(app);
  expect((await browser.logIn(name, PASSWORD)).status).toBe(303);
  const { csrf } = (await (await browser.get('/')).json()) as { csrf: string };
  return { browser, csrf };
}

describe('a log-in', () => {
  it('gives a cookie that scripts and other sites cannot use, and is written down', async () => {
    const browser = browserOf(app);
    const response = await browser.logIn('CLEO ', PASSWORD);
    expect(response.headers.get('location')).toBe('/');
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^truenorth-world=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/),
    ]);
    const [entry] = await app.desk.store.audit.list(1, null);
    expect(entry).toMatchObject({ who: 'user:cleo', what: 'log in', subject: 'cleo' });
    expect(await (await browser.get('/')).json()).toMatchObject({ name: 'cleo', scope: 'write' });
  });

  it('over HTTPS gives a cookie that no neighbouring host can plant', async () => {
    await app.stop();
    const url = 'https://truenorth.example';
    app = await runningApp(app.desk, { options: { parts: [consolePart(PLAIN_PAGES)], publicUrl: url } });
    const response = await browserOf(app).post('/login', { name: 'cleo', password: PASSWORD });
    expect(response.status).toBe(403);
    const ours = await fetch(`${app.url}/login`, {
      method: 'POST',
      redirect: 'manual',
      headers: { Origin: url },
      body: new URLSearchParams({ name: 'cleo', password: PASSWORD }),
    });
    expect(ours.headers.getSetCookie()[0]).toMatch(/^__Host-truenorth-world=[\w-]{43}; Path=\/; .*; Secure$/);
    expect(ours.headers.get('strict-transport-security')).toContain('max-age');
  });

  it('is refused in the same words whether the name or the password is wrong', async () => {
    const told = async (name: string, password: string) => {
      const response = await browserOf(app).logIn(name, password);
      return [response.status, await response.text(), response.headers.getSetCookie()];
    };
    const wrong = await told('cleo', 'three green paper boat');
    expect(wrong).toEqual([401, expect.stringContaining('wrong'), []]);
    expect(await told('nobody', PASSWORD)).toEqual(wrong);
    expect(await told('', '')).toEqual(wrong);
    const program = await fetch(`${app.url}/login`, {
      method: 'POST',
      headers: { Origin: app.url },
      body: new URLSearchParams({ name: 'x', password: 'y' }),
    });
    expect(program.headers.get('content-type')).toContain('application/problem+json');
  });

  it('takes about as long for a name that nobody has', async () => {
    const timed = async (name: string): Promise<number> => {
      const start = process.cpuUsage();
      await browserOf(app, { 'X-Nothing': name }).logIn(name, 'wrong wrong wrong');
      const { user, system } = process.cpuUsage(start);
      return user + system;
    };
    await timed('warm-up');
    // Deriving a key costs many times what the rest of a request does: a skipped one would stand out.
    const [known, unknown] = [await timed('cleo'), await timed('nobody')];
    expect(unknown).toBeGreaterThan(known / 5);
  });

  it('takes over no session that somebody has planted', async () => {
    const planted = `truenorth-world=${'A'.repeat(43)}`;
    const victim = browserOf(app);
    const response = await fetch(`${app.url}/login`, {
      method: 'POST',
      redirect: 'manual',
      headers: { Origin: app.url, Cookie: planted },
      body: new URLSearchParams({ name: 'cleo', password: PASSWORD }),
    });
    expect(response.headers.getSetCookie()[0]).not.toContain(planted);
    const attacker = await fetch(app.url, { headers: { Cookie: planted } });
    expect(attacker.status).toBe(401);
    await victim.logIn('cleo', PASSWORD);
    const before = victim.cookie();
    await victim.logIn('cleo', PASSWORD);
    expect(victim.cookie()).not.toBe(before);
    expect((await fetch(app.url, { headers: { Cookie: before } })).status).toBe(401);
  });
});

describe('guesses at a password', () => {
  it('are answered with waits that grow, and the right one is not let through meanwhile', async () => {
    const waits: number[] = [];
    const guess = (password = 'wrong wrong wrong') => browserOf(app).logIn('cleo', password);
    for (let tries = 0; tries < 5; tries += 1) expect((await guess()).status).toBe(401);
    const refused = await guess(PASSWORD);
    expect(refused.status).toBe(429);
    waits.push(Number(refused.headers.get('retry-after')));
    expect(waits[0]).toBeGreaterThan(30);
    expect(waits[0]).toBeLessThanOrEqual(60);
    // Others log in as before.
    expect((await browserOf(app).logIn('robin', PASSWORD)).status).toBe(303);
  });

  it('made all at once get no further than made one by one', async () => {
    const all = await Promise.all(
      Array.from({ length: 20 }, () => browserOf(app).logIn('cleo', 'wrong wrong wrong')),
    );
    expect(all.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(5);
    expect(all.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(15);
  });
});

describe('a session', () => {
  it('ends when nobody has used it for two hours, and after twelve whatever is done', async () => {
    const { browser } = await loggedIn();
    const hour = 1 / 24;
    world.pass(1.9 * hour);
    expect((await browser.get('/')).status).toBe(200);
    world.pass(1.9 * hour);
    expect((await browser.get('/')).status).toBe(200);
    world.pass(2.1 * hour);
    expect((await browser.get('/')).headers.get('location')).toBe('/login');
    const long = await loggedIn();
    for (let passed = 0; passed < 6; passed += 1) {
      world.pass(1.99 * hour);
      await long.browser.get('/');
    }
    world.pass(0.1 * hour);
    expect((await long.browser.get('/')).status).toBe(303);
  });

  it('lives as long, and is guessed at as often, as the settings say', async () => {
    await app.stop();
    const { service } = app.desk.settings();
    const http = { ...service.http, sessionHours: 1, loginAttempts: 2 };
    const strict = { ...app.desk.settings(), service: { ...service, http } };
    const desk = { ...app.desk, settings: () => strict };
    app = await runningApp(desk, { options: { parts: [consolePart(PLAIN_PAGES)] } });
    const { browser } = await loggedIn();
    world.pass(0.9 / 24);
    expect((await browser.get('/')).status).toBe(200);
    world.pass(0.2 / 24);
    expect((await browser.get('/')).status).toBe(303);
    const guess = () => browserOf(app).logIn('robin', 'wrong wrong wrong');
    expect([(await guess()).status, (await guess()).status, (await guess()).status]).toEqual([401, 401, 429]);
  });

  it('ends with the log-out, and with another password', async () => {
    const { browser, csrf } = await loggedIn();
    const cookie = browser.cookie();
    expect((await browser.post('/logout', { csrf })).headers.get('location')).toBe('/login');
    expect((await fetch(app.url, { headers: { Cookie: cookie } })).status).toBe(401);
    const other = await loggedIn();
    await saveUser(app.desk, { name: 'cleo', password: `${PASSWORD}!`, scope: 'write' }, ASKER);
    expect((await other.browser.get('/')).status).toBe(303);
  });

  it('opens the console and not the API', async () => {
    const { browser } = await loggedIn();
    const asked = await fetch(`${app.url}/v1/accounts`, { headers: { Cookie: browser.cookie() } });
    expect(asked.status).toBe(401);
    const withToken = { Authorization: `Bearer ${await app.tokenOf('admin')}` };
    expect((await fetch(app.url, { headers: withToken })).status).toBe(401);
  });

  it('is told to a browser as a page, to htmx as a header, to programs as a problem', async () => {
    expect((await browserOf(app).get('/runs')).headers.get('location')).toBe('/login');
    const htmx = await fetch(app.url, { headers: { 'HX-Request': 'true' } });
    expect([htmx.status, htmx.headers.get('hx-redirect')]).toEqual([401, '/login']);
    expect((await app.ask('GET', '/runs')).json).toMatchObject({ status: 401, code: 'NOT_LOGGED_IN' });
  });
});

describe('a form', () => {
  it('needs the token of its session', async () => {
    const { browser, csrf } = await loggedIn();
    const other = await loggedIn();
    expect((await browser.post('/change', { csrf })).status).toBe(200);
    expect((await browser.post('/change')).status).toBe(403);
    expect((await browser.post('/change', { csrf: other.csrf })).status).toBe(403);
    expect((await browser.post('/change', { 'csrf[]': csrf })).status).toBe(403);
    expect((await browser.post('/logout')).status).toBe(403);
  });

  it('is refused from another site, from a sandboxed frame, and from nowhere', async () => {
    const { browser, csrf } = await loggedIn();
    const from = (headers: Readonly<Record<string, string>>) =>
      fetch(`${app.url}/change`, {
        method: 'POST',
        headers: { Cookie: browser.cookie(), ...headers },
        body: new URLSearchParams({ csrf }),
      });
    for (const headers of [
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { Origin: app.url, 'Sec-Fetch-Site': 'cross-site' },
      { Origin: app.url, 'Sec-Fetch-Site': 'same-site' },
      { 'Sec-Fetch-Site': 'none' },
      {},
    ]) {
      const response = await from(headers);
      expect([headers, response.status]).toEqual([headers, 403]);
      expect(await response.json()).toMatchObject({ code: 'FOREIGN_ORIGIN' });
    }
    expect((await from({ Origin: app.url })).status).toBe(200);
  });

  it('is not read when it is none, or too large', async () => {
    const { browser, csrf } = await loggedIn();
    const send = (type: string, body: string) =>
      fetch(`${app.url}/change`, {
        method: 'POST',
        headers: { Cookie: browser.cookie(), Origin: app.url, 'Content-Type': type },
        body,
      });
    expect((await send('application/json', JSON.stringify({ csrf }))).status).toBe(415);
    expect((await send('text/plain', `csrf=${csrf}`)).status).toBe(415);
    const large = await send('application/x-www-form-urlencoded', `csrf=${csrf}&a=${'a'.repeat(70_000)}`);
    expect(large.status).toBe(413);
  });

  it('changes nothing for somebody who may only look', async () => {
    const { browser, csrf } = await loggedIn('robin');
    expect((await browser.post('/change', { csrf })).status).toBe(403);
    expect((await browser.post('/ask', { csrf })).status).toBe(200);
    expect((await browser.post('/logout', { csrf })).status).toBe(303);
  });
});
