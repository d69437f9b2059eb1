import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { variableOf } from '../../src/config/environment/variables.js';

interface Service {
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly string[];
  readonly healthcheck?: Readonly<Record<string, unknown>>;
  readonly volumes?: readonly string[];
}

const compose = parse(readFileSync('compose.yaml', 'utf8'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
  readonly secrets: Readonly<Record<string, unknown>>;
  readonly volumes: Readonly<Record<string, unknown>>;
};
const dockerfile = readFileSync('Dockerfile', 'utf8');
const { serve, worker, postgres, redis } = compose.services;

const CLI = 'src/entrypoints/cli';
const cli = readdirSync(CLI, { encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join(CLI, name), 'utf8'))
  .join('\n');
const commands = [...cli.matchAll(/command\('([a-z]+)/g)].map(([, name]) => name);
/** Options that any command has: `--host`, `--dir`. */
const options = [...cli.matchAll(/(--[a-z-]+)/g)].map(([, name]) => name);

/** The list behind an instruction of the last stage. */
function listOf(instruction: string): readonly string[] {
  const line = dockerfile.split('\n').findLast((text) => text.trim().startsWith(`${instruction} [`)) ?? '';
  return JSON.parse(line.trim().slice(instruction.length)) as readonly string[];
}

describe('the container', () => {
  it('serves, with options that the command has', () => {
    const [command, ...given] = listOf('CMD');
    expect(commands).toContain(command);
    for (const option of given.filter((text) => text.startsWith('--'))) expect(options).toContain(option);
  });

  it('runs as somebody without rights, leaves the embedded servers out, and is asked how it is', () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile).toContain('rm -rf dist/sandbox');
    expect(dockerfile).toMatch(/HEALTHCHECK[\s\S]*\/healthz/);
    expect(dockerfile).not.toMatch(/SECRET|TOKEN|PASSWORD/);
  });
});

describe('compose.yaml', () => {
  it('has a service, a worker that can be many, a database and a queue', () => {
    expect(Object.keys(compose.services)).toEqual(['serve', 'worker', 'postgres', 'redis']);
    expect(commands).toContain(worker?.command?.[0]);
    expect(postgres?.healthcheck).toBeDefined();
    expect(redis?.healthcheck).toBeDefined();
  });

  it('sets variables that are read, and secrets as files that are declared', () => {
    for (const service of [serve, worker]) {
      for (const [name, value] of Object.entries(service?.environment ?? {})) {
        expect([name, variableOf(name)]).not.toEqual([name, null]);
        const secret = /^\/run\/secrets\/(.+)$/.exec(value)?.[1];
        if (secret !== undefined) expect(service?.secrets).toContain(secret);
      }
    }
    const used = Object.values(compose.services).flatMap(({ secrets = [] }) => secrets);
    expect([...new Set(used)].sort()).toEqual(Object.keys(compose.secrets).sort());
  });
});
