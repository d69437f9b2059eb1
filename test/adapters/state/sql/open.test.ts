import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import { openSqlState } from '../../../../src/adapters/state/sql/index.js';
import { IntegrationError } from '../../../../src/ports/errors.js';
import { anAccount } from '../../../contracts/state-store/builders.js';
import { silentLog } from './silent-log.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'truenorth-state-'));
  file = join(folder, 'state.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (path = file) => openSqlState({ kind: 'sqlite', file: path, busyTimeoutMs: 50 }, silentLog);

async function failure(work: Promise<unknown>): Promise<IntegrationError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof IntegrationError))
    throw new Error('No IntegrationError was thrown.', { cause: error });
  return error;
}

const HOLDS_THE_LOCK = `
  const { parentPort, workerData } = require('node:worker_threads');
  const Sqlite = require('better-sqlite3');
  const database = new Sqlite(workerData);
  database.exec('begin immediate');
  parentPort.once('message', () => {
    database.exec('rollback');
    database.close();
  });
  parentPort.postMessage('locked');`;

describe('opening the state', () => {
  it('makes the folder, and finds again what was kept', async () => {
    const deep = join(folder, 'var', 'deeper', 'state.sqlite');
    const first = await open(deep);
    await first.rows.save('account', [anAccount('A1')]);
    await first.close();
    const second = await open(deep);
    expect(await second.rows.count('account')).toBe(1);
    await second.close();
  });

  it('makes folder and files for this user alone', async () => {
    const deep = join(folder, 'var', 'state.sqlite');
    const store = await open(deep);
    await store.notes.set('a', 1);
    const rights = (path: string) => (statSync(path).mode & 0o777).toString(8);
    const files = readdirSync(join(folder, 'var')).sort();
    expect(files).toEqual(['state.sqlite', 'state.sqlite-shm', 'state.sqlite-wal']);
    expect(rights(join(folder, 'var'))).toBe('700');
    expect(files.map((name) => rights(join(folder, 'var', name)))).toEqual(['600', '600', '600']);
    await store.close();
  });

  it('refuses the state of a newer version, and leaves it as it is', async () => {
    await (await open()).close();
    const database = new Sqlite(file);
    database.prepare('insert into schema_versions values (999)').run();
    database.close();
    for (const _ of [1, 2]) {
      const error = await failure(open());
      expect([error.kind, error.code, error.retryable]).toEqual(['Config', 'STATE_NEWER', false]);
      expect(error.message).toContain('schema 999');
      expect(error.actions.length).toBeGreaterThan(0);
    }
  });

  it.each([
    [
      'a file that is no database',
      () => writeFileSync(file, 'id,name\n1,Acme\n'.repeat(100)),
      'STATE_CORRUPT',
    ],
    ['a folder where the file should be', () => mkdirSync(file), 'STATE_NOT_WRITABLE'],
  ] as const)('names %s and says what to do', async (_, arrange, code) => {
    arrange();
    const error = await failure(open());
    expect([error.kind, error.code]).toEqual(['Config', code]);
    expect(error.message).toContain(file);
    expect(error.actions.length).toBeGreaterThan(0);
  });

  it('names a folder that cannot be made', async () => {
    writeFileSync(join(folder, 'var'), 'a file');
    expect((await failure(open(join(folder, 'var', 'state.sqlite')))).code).toBe('STATE_NOT_WRITABLE');
  });
});

describe('an open state', () => {
  it('says that another process keeps it locked, and goes on afterwards', async () => {
    const store = await open();
    const other = new Sqlite(file);
    other.exec('begin immediate');
    const error = await failure(store.notes.set('a', 1));
    expect([error.kind, error.code, error.retryable]).toEqual(['Transient', 'STATE_BUSY', true]);
    expect(await store.notes.get('a')).toBeNull();
    other.exec('rollback');
    other.close();
    await store.notes.set('a', 1);
    expect(await store.notes.get('a')).toBe(1);
    await store.close();
  });

  it('lets its thread go on while another thread is writing, and writes as soon as that is done', async () => {
    const store = await openSqlState({ kind: 'sqlite', file, busyTimeoutMs: 60_000 }, silentLog);
    const other = new Worker(HOLDS_THE_LOCK, { eval: true, workerData: file });
    const ended = once(other, 'exit');
    expect(await once(other, 'message')).toEqual(['locked']);
    const writing = store.notes.set('a', 1);
    // Only a thread that goes on gets to ask the other one to let go.
    for (let turns = 0; turns < 100; turns += 1) await turn();
    other.postMessage('let go');
    await writing;
    expect(await store.notes.get('a')).toBe(1);
    await ended;
    await store.close();
  });

  it('leaves turns to others between its own calls', async () => {
    const store = await open();
    let turns = 0;
    const counting = setImmediate(function again() {
      turns += 1;
      if (turns < 100) setImmediate(again);
    });
    for (let call = 0; call < 20; call += 1) await store.notes.get('a');
    expect(turns).toBeGreaterThanOrEqual(20);
    clearImmediate(counting);
    await store.close();
  });

  it('names damage that it meets, and throws nothing but integration errors', async () => {
    const store = await open();
    await store.notes.set('a', 1);
    const other = new Sqlite(file);
    other.prepare(`update notes set value = '{"cut'`).run();
    other.exec('drop table ledger');
    other.close();
    for (const work of [store.notes.get('a'), store.ledger.get(['k'])]) {
      const error = await failure(work);
      expect([error.code, error.provider]).toEqual(['STATE_FAILED', 'state']);
    }
    await store.close();
    expect((await failure(store.notes.get('a'))).code).toBe('STATE_FAILED');
  });

  it('undoes a page of which one row cannot be kept', async () => {
    const store = await open();
    const unkeepable = { ...anAccount('A2'), stamp: Number.NaN };
    await failure(store.rows.save('account', [anAccount('A1'), unkeepable]));
    expect(await store.rows.count('account')).toBe(0);
    await store.close();
  });

  it('serves calls made at the same moment one after another', async () => {
    const store = await open();
    await Promise.all(
      Array.from({ length: 50 }, (_, n) => store.rows.save('account', [anAccount(`A${n % 10}`, { n })])),
    );
    expect(await store.rows.count('account')).toBe(10);
    await store.close();
  });
});
