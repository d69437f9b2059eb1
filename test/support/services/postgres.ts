import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

/** A database of its own for one test or file, owned by a user who is no superuser. */
export interface APostgres {
  /** `postgres://user:password@127.0.0.1:port/database`. */
  readonly url: string;
  /** Runs SQL in it as superuser: to arrange, to look, to disturb. */
  readonly admin: (text: string, values?: readonly unknown[]) => Promise<readonly Row[]>;
  /** Cuts every connection that its user has; returns how many. */
  readonly cutConnections: () => Promise<number>;
  /** Drops the database, also while others are connected to it. */
  readonly stop: () => Promise<void>;
}

type Row = Readonly<Record<string, unknown>>;

interface Cluster {
  readonly port: number;
  readonly password: string;
}

/** A fresh database; the server is started by the first who asks, and shared by all test files of the run. */
export async function aPostgres(): Promise<APostgres> {
  const cluster = await theCluster();
  const name = `test_${randomBytes(6).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  await onDatabase(cluster, 'postgres', async (client) => {
    await client.query(`create role ${name} login password '${password}'`);
    await client.query(`create database ${name} owner ${name} template template0`);
  });
  const admin: APostgres['admin'] = (text, values = []) =>
    onDatabase(cluster, name, async (client) => (await client.query<Row>(text, [...values])).rows);
  return {
    url: `postgres://${name}:${password}@127.0.0.1:${cluster.port}/${name}`,
    admin,
    cutConnections: async () =>
      (await admin('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [name]))
        .length,
    stop: () =>
      onDatabase(cluster, 'postgres', async (client) => {
        await client.query(`drop database ${name} with (force)`);
        await client.query(`drop role ${name}`);
      }),
  };
}

async function onDatabase<T>(
  { port, password }: Cluster,
  database: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password, database });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Started by whoever makes the folder first; everybody else waits for what its keeper says. */
async function theCluster(): Promise<Cluster> {
  const { TEST_SERVICES_FOLDER: folder, TEST_SERVICES_RUN: run } = process.env;
  if (folder === undefined || run === undefined)
    throw new Error('Servers for tests are shared within a run of jest: see jest.config.mjs.');
  if (isFirst(join(folder, 'postgres'))) {
    const keeper = join(import.meta.dirname, 'keeper.mjs');
    spawn(process.execPath, [keeper, folder, run], { detached: true, stdio: 'ignore' }).unref();
  }
  const answer = join(folder, 'postgres.json');
  while (!existsSync(answer)) await wait(20);
  const said = JSON.parse(readFileSync(answer, 'utf8'));
  if (said.failed) throw new Error(`PostgreSQL did not start. ${said.failed}`);
  return said;
}

function isFirst(place: string): boolean {
  try {
    mkdirSync(place);
    return true;
  } catch {
    return false;
  }
}
