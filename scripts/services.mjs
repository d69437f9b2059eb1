// The servers that a shared installation runs on, Redis and PostgreSQL: found on this machine, else installed
// where that is possible. Tests start their own; nothing here starts one.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian keeps the server's programs out of the path, one folder for each version. */
const POSTGRES_HOMES = ['/usr/lib/postgresql', '/usr/local/opt', '/opt/homebrew/opt'];

const SERVICES = {
  redis: { title: 'Redis', package: 'redis-server', find: findRedis },
  postgres: { title: 'PostgreSQL', package: 'postgresql', find: findPostgres },
};

function foldersOfPath() {
  return (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
}

function newestFirst(home) {
  if (!existsSync(home)) return [];
  const versions = readdirSync(home).filter((name) => /^(postgresql@?)?\d*$/.test(name));
  return versions
    .sort((a, b) => Number(b.replace(/\D/g, '')) - Number(a.replace(/\D/g, '')))
    .map((name) => join(home, name, 'bin'));
}

/** Path of redis-server, or null. */
export function findRedis() {
  const places = [...foldersOfPath(), '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'];
  return places.map((folder) => join(folder, 'redis-server')).find((path) => existsSync(path)) ?? null;
}

/** Folder of PostgreSQL's own programs (initdb, postgres), or null. */
export function findPostgres() {
  const places = [...POSTGRES_HOMES.flatMap(newestFirst), ...foldersOfPath()];
  const complete = (folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name)));
  return places.find(complete) ?? null;
}

/**
 * Who PostgreSQL runs as: it refuses to run as root, so that the package's own user does there. Null for
 * everybody else.
 */
export function postgresUser() {
  if (process.getuid?.() !== 0) return null;
  const idOf = (flag) =>
    Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout.trim() || NaN);
  const user = { uid: idOf('-u'), gid: idOf('-g') };
  if (Number.isNaN(user.uid)) throw new Error('PostgreSQL does not run as root: make a user named postgres.');
  return user;
}

/** Names of those that are not on this machine. */
export function missingServices() {
  return Object.keys(SERVICES).filter((name) => SERVICES[name].find() === null);
}

/** Installs what is missing with the machine's package manager, where that is apt-get and we are root. */
export function installServices() {
  const missing = missingServices();
  if (missing.length === 0 || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  console.log(`Installing ${titlesOf(missing)} (a minute or two, once) …`);
  const packages = missing.map((name) => SERVICES[name].package);
  const quiet = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  spawnSync('apt-get', ['update', '-qq'], quiet);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], quiet);
}

/** One line for a person; says what is left out, and how to have it. */
export function noServices(missing) {
  const packages = missing.map((name) => SERVICES[name].package).join(' and ');
  return `There is no ${titlesOf(missing)} on this machine: what needs it is not tested. Install ${packages} to have it checked.`;
}

function titlesOf(names) {
  return names.map((name) => SERVICES[name].title).join(' and no ');
}
