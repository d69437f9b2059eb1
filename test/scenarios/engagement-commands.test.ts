import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSqlServiceStore } from '../../src/adapters/state/sql/service/index.js';
import { anInstalledCompany, type Company } from '../support/company.js';
import { withState } from '../support/end-state.js';
import { SILENT } from '../support/silent-log.js';

/** What holds already counts: an org that was just connected has nothing to show otherwise. */
function fireOnFirstSight(folder: string): void {
  const playbooks = join(folder, 'config', 'playbooks');
  for (const name of readdirSync(playbooks)) {
    const file = join(playbooks, name);
    const text = readFileSync(file, 'utf8').replace(/^ {2}onFirstSight:.*\n/m, '');
    writeFileSync(file, text.replace(/^trigger:\n/m, 'trigger:\n  onFirstSight: fire\n'));
  }
}

const SEQUENCE = `label: A sequence that nobody made
priority: 5
trigger: { when: account.seats > 100000 }
audience: { when: account.seats > 100000, roles: [user], maxPersons: 1 }
steps:
  - { id: hello, day: 1, channel: hubspot-sequence, target: Nobody made this, sender: csm, lateBy: 2 }
holdout: 0 %
`;

describe('commands about playbooks', () => {
  let company: Company;
  const answer = async (...args: readonly string[]) => {
    const { exit, out, err, json } = await company.truenorth(...args, '--json');
    return { exit, out, err, json: json() };
  };

  beforeAll(async () => {
    company = await anInstalledCompany({ accounts: 120 });
    fireOnFirstSight(company.folder);
  });
  afterAll(() => company.close());

  it('say that a run comes first, and change nothing', async () => {
    for (const args of [['calendar'], ['lift', 'first-login'], ['playbooks', 'try', 'first-login']]) {
      const { exit, json } = await answer(...args);
      expect([exit, json.error.code]).toEqual([2, 'NO_RUN_YET']);
      expect(json.error.actions.join()).toContain('truenorth plan');
    }
  });

  it('find what playbooks name and nobody made, and audiences of nobody', async () => {
    expect(await answer('playbooks', 'validate')).toMatchObject({
      exit: 0,
      json: { valid: true, asked: true },
    });
    const file = join(company.folder, 'config', 'playbooks', 'made-up.yaml');
    writeFileSync(file, SEQUENCE);
    const wrong = await answer('playbooks', 'validate');
    expect(wrong.exit).toBe(2);
    const problems = wrong.json.findings.filter((one: { level: string }) => one.level === 'problem');
    expect(problems).toMatchObject([{ code: 'missing-target', playbook: 'made-up', step: 'hello' }]);
    writeFileSync(file, SEQUENCE.replace('account.seats > 100000', 'account.seets > 1'));
    const broken = await answer('playbooks', 'validate');
    expect(broken.exit).toBe(2);
    expect(broken.json.problems[0]).toMatchObject({ file: 'config/playbooks/made-up.yaml', line: 3 });
    rmSync(file);
  });

  it('hold back a plan that is too big until somebody approves it', async () => {
    expect((await company.truenorth('sync', '--apply')).exit).toBe(4);
    const asked = await answer('approve');
    expect(asked.json).toMatchObject({ brakes: [{ kind: 'enrolment' }], approved: [] });
    expect((await company.truenorth('sync', '--apply')).exit).toBe(4);
    expect((await answer('approve', '--yes')).json.approved).toEqual(['enrolment']);
    const done = await answer('sync', '--apply');
    expect([done.exit, done.json.status]).toEqual([0, 'done']);
    expect(done.json.changes.enrolments).toBeGreaterThan(0);
    expect((await answer('approve')).json).toMatchObject({ run: null, brakes: [], approved: [] });
  });

  it('list what runs, as the state has it', async () => {
    const { json } = await answer('playbooks');
    const running = json.playbooks.reduce((sum: number, one: { running: number }) => sum + one.running, 0);
    expect(running).toBeGreaterThan(20);
    const renewal = json.playbooks.find((one: { id: string }) => one.id === 'renewal');
    expect(renewal).toMatchObject({
      trigger: 'when account.daysToRenewal falls to 120, 90 or 30',
      paused: null,
    });
  });

  it('foresee the usage report of the next month, for those who could get it', async () => {
    const { json } = await answer('calendar');
    const days = json.days.filter((row: { playbook: string }) => row.playbook === 'usage-report');
    // Day 3 of December is a Thursday.
    expect([...new Set(days.map((row: { day: string }) => row.day))]).toEqual(['2026-12-03']);
    const closed = json.days.filter(
      (row: { day: string; touches: number }) =>
        row.touches > 0 && [0, 6].includes(new Date(row.day).getUTCDay()),
    );
    expect(closed).toEqual([]);
    expect((await company.truenorth('calendar', '--weeks', '0')).exit).toBe(2);
  });

  it('foresee what comes: all but what only the marketing tools know', async () => {
    const { days, playbooks } = (await answer('calendar')).json;
    const touches = days.reduce(
      (sum: number, row: { playbook: string; touches: number }) =>
        sum + (row.playbook === 'usage-report' ? row.touches : 0),
      0,
    );
    for (const moment of ['01T10', '02T10', '03T10', '03T11']) {
      await company.truenorth('approve', '--yes');
      await company.truenorth('sync', '--apply', '--now', `2026-12-${moment}:00:00Z`);
    }
    const decided = await ledgerOf(company, 'usage-report');
    const enrolled = decided.filter(({ status }) => status === 'enrolled');
    const byTools = decided.filter(
      ({ status, evidence }) => status === 'refused' && /hubspot|outreach/.test(evidence ?? ''),
    );
    expect(enrolled.length).toBeGreaterThan(20);
    expect(enrolled.length + byTools.length).toBe(touches);
    const refused: Record<string, number> = {};
    for (const { contact, code } of decided)
      if (contact === null && code !== null) refused[code] = (refused[code] ?? 0) + 1;
    const { holdout = 0, ...others } = refused;
    const foreseen = playbooks.find((one: { playbook: string }) => one.playbook === 'usage-report');
    expect(foreseen.refused).toEqual(others);
    expect(foreseen.heldOut).toBe(holdout);
  });

  it('try a playbook on the book, and leave nothing behind', async () => {
    const before = await kept(company);
    const { json } = await answer('playbooks', 'try', 'upsell-signal');
    expect(json.accounts.read).toBe(120);
    expect(json.accounts.begin).toBeGreaterThan(10);
    // Those whose task is open are told by the ledger: nobody gets it twice.
    expect(
      json.tasks + json.refused.reduce((sum: number, one: { count: number }) => sum + one.count, 0),
    ).toBeGreaterThan(0);
    expect(await kept(company)).toEqual(before);
    const nobody = await answer('playbooks', 'try', 'renewl');
    expect([nobody.exit, nobody.json.error.message]).toEqual([
      2,
      'There is no playbook "renewl"; did you mean "renewal"?',
    ]);
  });

  it('tell the story of an account and of a person, without an address', async () => {
    const [entry] = (await ledgerOf(company, 'usage-report')).filter(({ status }) => status === 'enrolled');
    if (entry?.contact == null) throw new Error('nobody was enrolled');
    const account = (await answer('timeline', entry.account)).json;
    expect(account.of.id).toBe(entry.account);
    const days = account.happenings.map((one: { day: string }) => one.day);
    expect(days).toEqual([...days].sort());
    expect(account.happenings.map((one: { kind: string }) => one.kind)).toEqual(
      expect.arrayContaining(['assessed', 'begun', 'enrolled']),
    );
    const [contact] = await company.soql(`SELECT Id, Email FROM Contact WHERE Id = '${entry.contact}'`);
    const email = String(contact?.Email);
    const byId = await answer('timeline', entry.contact);
    const byShortId = await answer('timeline', entry.contact.slice(0, 15));
    const byAddress = await answer('timeline', ` ${email.toUpperCase()} `);
    expect(byAddress.json).toEqual(byId.json);
    expect(byShortId.json).toEqual(byId.json);
    const enrolled = byId.json.happenings.find(
      (one: { kind: string; playbook: string }) => one.kind === 'enrolled' && one.playbook === 'usage-report',
    );
    expect(enrolled).toMatchObject({ contact: entry.contact, step: 'report', run: entry.run });
    const text = await company.truenorth('timeline', email);
    expect(`${text.out}${text.err}${byAddress.out}`.toLowerCase()).not.toContain(email.toLowerCase());
    const stranger = await company.truenorth('timeline', 'nobody@nowhere.example');
    expect([stranger.exit, stranger.err.includes('nobody@')]).toEqual([2, false]);
  });

  it('say what to set where nothing can be measured, and how many are lacking where it can', async () => {
    expect((await answer('lift', 'renewal')).json.advice.join()).toContain('holdout: 10 %');
    const first = (await answer('lift', 'usage-report')).json;
    expect(first).toMatchObject({
      holdout: 0.1,
      lift: { difference: null, verdict: 'too little data', floor: 30 },
    });
    expect(first.lift.stillOpen.treated).toBeGreaterThan(0);
    expect((await answer('lift', 'renewl')).json.error.code).toBe('UNKNOWN_PLAYBOOK');
  });

  it('pause a playbook, show it, and let it go on', async () => {
    const paused = (await answer('pause', '--playbook', 'renewal')).json;
    expect(paused).toEqual({
      paused: { all: false, fields: false, playbooks: ['renewal'], channels: [] },
      stopped: [],
    });
    const listed = (await answer('playbooks', 'list')).json.playbooks;
    const held = listed.filter((one: { paused: string | null }) => one.paused !== null);
    expect(held.map((one: { id: string }) => one.id)).toEqual(['renewal']);
    expect((await answer('resume', '--playbook', 'renewal')).json.paused.playbooks).toEqual([]);
    for (const args of [['pause'], ['pause', '--playbook', 'renewl'], ['resume', '--channel', 'hubspot-lst']])
      expect((await company.truenorth(...args)).exit).toBe(2);
  });

  it('stop what runs for an account, with the next run', async () => {
    const running = await withState(company.folder, async (state) => {
      for await (const page of state.episodes.list({ playbook: null, running: true }, 500))
        return page.find(({ heldOut }) => !heldOut) ?? null;
      return null;
    });
    if (running === null) throw new Error('nothing runs');
    expect((await answer('stop', running.account)).json).toMatchObject({ ends: running.account });
    await company.truenorth('sync', '--apply', '--now', '2026-12-03T12:00:00Z');
    const { json } = await answer('timeline', running.account);
    const ends = json.happenings.filter(
      (one: { kind: string; why: string }) => one.kind === 'ended' && one.why === 'stopped',
    );
    expect(ends).toContainEqual(expect.objectContaining({ day: '2026-12-03', playbook: running.playbook }));
    expect((await answer('stop', running.account, '--undo')).json.stopped).toEqual([]);
    expect((await answer('stop', running.account, '--undo')).json.error.code).toBe('NOT_STOPPED');
    expect((await answer('stop', 'f'.repeat(24))).json.error.code).toBe('EPISODE_NOT_FOUND');
  });

  it('stand in the audit with whoever typed them, what was refused left out', async () => {
    const who = `cli:${userInfo().username}`;
    const changes = await auditOf(company.folder);
    expect(new Set(changes.map((entry) => entry.who))).toEqual(new Set([who]));
    expect(changes.map(({ what, subject }) => [what, subject])).toEqual([
      ['undo stop', expect.stringMatching(/^001/)],
      ['stop', expect.stringMatching(/^001/)],
      ['resume playbook', 'renewal'],
      ['pause playbook', 'renewal'],
      ['approve plan', expect.any(String)],
    ]);
  });
});

async function auditOf(folder: string) {
  const file = join(folder, 'var', 'service.db');
  const store = await openSqlServiceStore({ kind: 'sqlite', file }, SILENT);
  try {
    return (await store.audit.list(50, null)).map(({ who, what, subject }) => ({ who, what, subject }));
  } finally {
    await store.close();
  }
}

async function ledgerOf(company: Company, playbook: string) {
  return withState(company.folder, async (state) => {
    const found = [];
    for (const { Id } of await company.soqlAll('SELECT Id FROM Account'))
      found.push(
        ...(await state.ledger.ofAccount(String(Id))).filter((entry) => entry.playbook === playbook),
      );
    return found;
  });
}

/** All that a look may leave behind. */
async function kept(company: Company) {
  return withState(company.folder, async (state) => {
    const [latest] = await state.runs.list(1);
    const episodes = [];
    for await (const page of state.episodes.list({ playbook: null, running: false }, 500))
      episodes.push(...page);
    const versions = await state.notes.get('playbook-versions');
    return { runs: (await state.runs.list(100)).length, latest, episodes, versions };
  });
}
