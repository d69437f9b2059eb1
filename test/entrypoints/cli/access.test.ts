import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { openSqlServiceStore } from '../../../src/adapters/state/sql/service/index.js';
import { program } from '../../../src/entrypoints/cli/program.js';
import type { ServiceStore } from '../../../src/ports/service-store.js';
import { hashOf } from '../../../src/service/access/secrets.js';
import { userBehind } from '../../../src/service/access/users.js';
import { SILENT } from '../../support/silent-log.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'truenorth-access-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A command line with something on its input. */
async function typed(args: readonly string[], input = '') {
  let [out, err] = ['', ''];
  const into = (take: (text: string) => void) =>
    new Writable({
      write: (chunk, _encoding, done) => {
        take(String(chunk));
        done();
      },
    });
  const exit = await program([...args, '--dir', folder], {
    out: into((text) => {
      out += text;
    }),
    err: into((text) => {
      err += text;
    }),
    env: {},
    in: Readable.from([input]),
  });
  return { exit, out, err };
}

async function withStore<T>(work: (store: ServiceStore) => Promise<T>): Promise<T> {
  const store = await openSqlServiceStore(
    { kind: 'sqlite', file: join(folder, 'var', 'service.db') },
    SILENT,
  );
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

it('makes a token, shows it once, lists it without it, and revokes it', async () => {
  const made = await typed(['tokens', 'create', '--name', 'ci', '--scope', 'read']);
  expect(made.exit).toBe(0);
  const secret = made.out.trim();
  expect(secret).toMatch(/^tn_[\w-]{43}$/);
  const token = await withStore((store) => store.tokens.byHash(hashOf(secret)));
  expect(token).toMatchObject({ name: 'ci', scope: 'read', revokedAt: null });
  const listed = await typed(['tokens', 'list', '--json']);
  expect(JSON.parse(listed.out).tokens).toMatchObject([{ id: token?.id, name: 'ci', scope: 'read' }]);
  expect(listed.out).not.toContain(token?.hash);
  expect((await typed(['tokens', 'revoke', token?.id ?? ''])).exit).toBe(0);
  const again = await typed(['tokens', 'revoke', token?.id ?? '']);
  expect([again.exit, again.err]).toEqual([2, expect.stringContaining('tokens list')]);
  const audit = await withStore((store) => store.audit.list(9, null));
  expect(audit.map(({ who, what }) => [who, what])).toEqual([
    [`cli:${userInfo().username}`, 'revoke token'],
    [`cli:${userInfo().username}`, 'create token'],
  ]);
});

it('takes no scope that there is not', async () => {
  expect((await typed(['tokens', 'create', '--name', 'ci', '--scope', 'root'])).exit).toBe(2);
  expect((await typed(['tokens', 'create', '--name', 'ci'])).exit).toBe(2);
});

it('adds a user with a password from a pipe, changes it, lists and removes them', async () => {
  const password = 'three green paper boats';
  expect((await typed(['users', 'add', 'Cleo', '--scope', 'write'], `${password}\n`)).exit).toBe(0);
  const kept = await withStore((store) => store.users.get('cleo'));
  expect(kept?.password).toMatch(/^scrypt\$32768\$8\$1\$/);
  const known = (typed: string) =>
    withStore((store) => userBehind({ store }, { name: 'CLEO', password: typed }));
  expect(await known(password)).toMatchObject({ name: 'cleo', scope: 'write' });
  expect(await known(`${password} `)).toBeNull();
  await typed(['users', 'add', 'cleo'], 'another four words here');
  expect(await known(password)).toBeNull();
  expect(JSON.parse((await typed(['users', '--json'])).out).users).toMatchObject([
    { name: 'cleo', scope: 'read' },
  ]);
  expect((await typed(['users', 'remove', 'cleo'])).exit).toBe(0);
  expect((await typed(['users', 'remove', 'cleo'])).exit).toBe(2);
});

it.each([
  ['cleo', 'no10chars'],
  ['cleo', 'my name is cleo, mind'],
  ['cleo', ''],
  ['Bad Name', 'three green paper boats'],
  ['../x', 'three green paper boats'],
])('refuses the user %j with the password %j, and keeps nothing', async (name, password) => {
  const { exit, err } = await typed(['users', 'add', name], password);
  expect(exit).toBe(2);
  expect(err).toContain('→');
  if (password !== '') expect(err).not.toContain(password);
  expect(await withStore((store) => store.users.list())).toEqual([]);
});
