import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import type { CompiledQuery, Dialect } from 'kysely';
import { createClient, type DatabaseClient } from '../../../../src/adapters/database/client.js';
import { migrate } from '../../../../src/adapters/database/migrate.js';
import { sqliteDialect } from '../../../../src/adapters/database/sqlite.js';
import { episodeStore, saveEpisodes } from '../../../../src/adapters/state/sql/episodes.js';
import { ledgerStore } from '../../../../src/adapters/state/sql/ledger.js';
import { STATE_MIGRATIONS } from '../../../../src/adapters/state/sql/migrations.js';
import { personStore } from '../../../../src/adapters/state/sql/persons.js';
import type { StateTables } from '../../../../src/adapters/state/sql/schema.js';
import { aContact, anEpisode, everything, TODAY } from '../../../contracts/state-store/builders.js';

let folder: string;
let client: DatabaseClient<StateTables>;
let statements: CompiledQuery[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'truenorth-state-'));
  const dialect = sqliteDialect({ file: join(folder, 'state.sqlite'), busyTimeoutMs: 50 });
  const reading = dialect.reading === null ? null : recorded(dialect.reading);
  client = createClient({ ...dialect, kysely: recorded(dialect.kysely), reading });
  await migrate(client, STATE_MIGRATIONS);
  statements = [];
});
afterEach(async () => {
  await client.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The dialect as it is, with each statement noted when it is compiled. */
function recorded(kysely: Dialect): Dialect {
  return {
    ...kysely,
    createQueryCompiler: () => {
      const compiler = kysely.createQueryCompiler();
      return {
        compileQuery: (...query) => {
          const compiled = compiler.compileQuery(...query);
          statements.push(compiled);
          return compiled;
        },
      };
    },
  };
}

/** How SQLite goes about the statements so far: the columns that it searches each table by, or `SCAN`. */
function searches(): readonly string[] {
  const database = new Sqlite(join(folder, 'state.sqlite'), { readonly: true });
  const plans = statements.flatMap(({ sql, parameters }) =>
    database.prepare<unknown[], { detail: string }>(`explain query plan ${sql}`).all(...parameters),
  );
  database.close();
  const steps = plans.map((step) => step.detail).filter((detail) => /^(SCAN|SEARCH)/.test(detail));
  return [...new Set(steps.map((step) => step.replace(/^SEARCH (\w+) USING .*?(\(.*\))$/, '$1 $2')))];
}

const ledger = () => ledgerStore(client);
const episodes = () => episodeStore(client);
const persons = () => personStore(client);
const subjects = { persons: ['p1', 'p2'], contacts: ['C1'], accounts: ['A1'] };

it.each<readonly [string, () => Promise<unknown>, readonly string[]]>([
  ['open', () => everything(ledger().open(9)), ['(status=? AND key>?)']],
  ['ofAccount', () => ledger().ofAccount('A1'), ['(account=?)']],
  ['ofPerson', () => ledger().ofPerson('p1'), ['(person=?)']],
  ['ofEpisodes', () => ledger().ofEpisodes(['e1', 'e2']), ['(episode=?)']],
  [
    'sent',
    () => ledger().sent('start', subjects),
    ['(playbook=? AND person=?)', '(playbook=? AND account=?)'],
  ],
  [
    'sentSince',
    () => ledger().sentSince(TODAY, subjects),
    ['(person=? AND day>?)', '(contact=? AND day>?)', '(account=? AND day>?)'],
  ],
  ['bySender', () => ledger().bySender(TODAY), ['(day=? AND status=?)']],
  [
    'through',
    () => everything(ledger().through(['webhook', 'hubspot-list'], TODAY, 9)),
    ['(key=?)', '(channel=? AND status=? AND day>?)'],
  ],
])('what %s of the ledger asks is a search in an index', async (_, ask, by) => {
  await ask();
  expect(searches()).toEqual(by.map((columns) => `ledger ${columns}`));
});

it.each([
  ['of a playbook', { playbook: 'start', running: false }, '(playbook=?'],
  ['that run', { playbook: null, running: true }, '(running=?'],
  ['of a playbook that run', { playbook: 'start', running: true }, '(running=?'],
] as const)(
  'a page of episodes %s is a search in an index, the next one from where it ended',
  async (_, filter, by) => {
    await client.write('test', (db) =>
      saveEpisodes(db, { accounts: [], episodes: [anEpisode('e1'), anEpisode('e2')], day: TODAY }),
    );
    statements = [];
    await everything(episodes().list(filter, 1));
    expect(searches()).toEqual([`episodes ${by})`, `episodes ${by} AND (account,edge,id)>(?,?,?))`]);
  },
);

it('episodes of accounts are searched by account, and let go by id', async () => {
  const page = { accounts: ['A1'], episodes: [], day: TODAY };
  await client.write('test', (db) => saveEpisodes(db, { ...page, episodes: [anEpisode('e1')] }));
  statements = [];
  await client.write('test', (db) => saveEpisodes(db, page));
  await episodes().ofAccount('A1');
  expect(searches()).toEqual(['episodes (account=?)', 'episodes (id=?)']);
});

it('persons and merged records are found by searches in indices alone', async () => {
  for (const person of ['p1', 'p2', 'p3']) await persons().save([aContact('C1', { person })]);
  await persons().remove(['C1']);
  await persons().contactsOf(['p3']);
  await persons().aliasesOf(['p3']);
  await persons().losersOf(['A1']);
  expect([...searches()].sort()).toEqual([
    'contacts (contact=?)',
    'contacts (person=?)',
    'merges (kind=? AND winner=?)',
    'now (contact=?)',
    'past (alias=?)',
    'person_aliases (alias=? AND contact=?)',
    'person_aliases (person=?)',
  ]);
});
