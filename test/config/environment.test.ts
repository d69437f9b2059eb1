import { describe, expect, it } from '@jest/globals';
import { type Environment, resolveEnvironment } from '../../src/config/environment/resolve-environment.js';
import { VARIABLES } from '../../src/config/environment/variables.js';
import { ConfigError, sayProblem } from '../../src/config/problems.js';

const NO_SECRETS: Readonly<Record<string, string>> = {};

interface Given {
  readonly process?: Readonly<Record<string, string>>;
  readonly file?: string;
  readonly secrets?: Readonly<Record<string, string>>;
}

function read({ process = {}, file, secrets = NO_SECRETS }: Given): Environment {
  return resolveEnvironment({
    process,
    file: file === undefined ? null : { path: '/org/demo.env', text: file },
    readSecret: (path) => secrets[path] ?? null,
  });
}

function saidOf(given: Given): readonly string[] {
  try {
    read(given);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(sayProblem);
    throw error;
  }
}

const OUTREACH_APP = {
  TRUENORTH_OUTREACH_CLIENT_ID: 'app',
  TRUENORTH_OUTREACH_CLIENT_SECRET: 'hush',
  TRUENORTH_OUTREACH_REFRESH_TOKEN: 'again',
};
const APP = { TRUENORTH_SALESFORCE_CLIENT_ID: 'app', TRUENORTH_SALESFORCE_CLIENT_SECRET: 'hush' };

describe('the environment', () => {
  it('is complete without any variable: nothing is connected', () => {
    expect(read({})).toEqual({
      salesforce: null,
      hubspot: null,
      outreach: null,
      webhook: null,
      webhookSecrets: { hubspot: null, outreach: null },
      publicUrl: null,
      orgName: 'default',
      personKey: null,
      smtpUrl: null,
      chatUrl: null,
      databaseUrl: null,
      redisUrl: null,
      now: null,
      nowSince: null,
      logLevel: 'info',
    });
  });

  it('logs in by client credentials when an app and its secret are given', () => {
    const { salesforce } = read({
      process: { ...APP, TRUENORTH_SALESFORCE_LOGIN_URL: 'https://acme.my.salesforce.com/' },
    });
    expect(salesforce).toEqual({
      login: { kind: 'client-credentials', clientId: 'app', clientSecret: 'hush' },
      loginUrl: 'https://acme.my.salesforce.com',
      instanceUrl: null,
      apiVersion: null,
    });
  });

  it('logs in by JWT when a private key is given, its line ends restored', () => {
    const { salesforce } = read({
      process: {
        TRUENORTH_SALESFORCE_CLIENT_ID: 'app',
        TRUENORTH_SALESFORCE_USERNAME: 'bot@example.com',
        TRUENORTH_SALESFORCE_PRIVATE_KEY: 'BEGIN\\nkey\\nEND',
      },
    });
    expect(salesforce?.login).toEqual({
      kind: 'jwt',
      clientId: 'app',
      username: 'bot@example.com',
      privateKey: 'BEGIN\nkey\nEND',
      audience: null,
    });
  });

  it('reads a secret from the file that a variable names, beside the env file, and remembers where a refresh token lies', () => {
    const { salesforce } = read({
      file: 'TRUENORTH_SALESFORCE_CLIENT_ID=app\nTRUENORTH_SALESFORCE_REFRESH_TOKEN_FILE=secrets/refresh\n',
      secrets: { '/org/secrets/refresh': 'again\n' },
    });
    expect(salesforce?.login).toEqual({
      kind: 'refresh-token',
      clientId: 'app',
      clientSecret: null,
      refreshToken: 'again',
      refreshTokenFile: '/org/secrets/refresh',
    });
  });

  it('never mixes a connection of the env file with one of the process', () => {
    const file =
      'TRUENORTH_SALESFORCE_ACCESS_TOKEN=tok\nTRUENORTH_SALESFORCE_INSTANCE_URL=http://127.0.0.1:7800\nTRUENORTH_NOW=2026-11-22T06:00:00Z\n';
    const environment = read({
      file,
      process: { ...APP, TRUENORTH_HUBSPOT_TOKEN: 'hub', TRUENORTH_LOG_LEVEL: 'debug' },
    });
    expect(environment.salesforce?.login).toEqual({ kind: 'access-token', accessToken: 'tok' });
    expect(environment.hubspot).toEqual({ token: 'hub', baseUrl: 'https://api.hubapi.com' });
    expect(environment.logLevel).toBe('debug');
    expect(environment.now).toBe(Date.UTC(2026, 10, 22, 6));
  });

  it('logs in to Outreach by an access token, at the usual address', () => {
    expect(read({ process: { TRUENORTH_OUTREACH_TOKEN: 'tok' } }).outreach).toEqual({
      login: { kind: 'token', accessToken: 'tok' },
      baseUrl: 'https://api.outreach.io',
    });
    expect(read({ process: { TRUENORTH_OUTREACH_URL: 'https://api.outreach.io' } }).outreach).toBeNull();
  });

  it('logs in to Outreach by a refresh token, and remembers the file that the next one is written to', () => {
    const { TRUENORTH_OUTREACH_REFRESH_TOKEN: _, ...app } = OUTREACH_APP;
    const login = { kind: 'refresh-token', clientId: 'app', clientSecret: 'hush', refreshToken: 'again' };
    const byFile = read({
      process: {
        ...app,
        TRUENORTH_OUTREACH_REFRESH_TOKEN_FILE: '/secrets/outreach',
        TRUENORTH_OUTREACH_URL: 'http://127.0.0.1:7802/',
      },
      secrets: { '/secrets/outreach': 'again\n' },
    });
    expect(byFile.outreach).toEqual({
      login: { ...login, refreshTokenFile: '/secrets/outreach' },
      baseUrl: 'http://127.0.0.1:7802',
    });
    expect(read({ process: OUTREACH_APP }).outreach?.login).toEqual({ ...login, refreshTokenFile: null });
  });

  it('takes the webhook’s URL as it was written, beside its secret', () => {
    const webhook = { url: 'https://hooks.example.com/in/', secret: 'shared' };
    const { url, secret } = webhook;
    const process = { TRUENORTH_WEBHOOK_URL: url, TRUENORTH_WEBHOOK_SECRET: secret };
    expect(read({ process }).webhook).toEqual(webhook);
  });

  it('never mixes Outreach or the webhook of the env file with those of the process', () => {
    const process = {
      ...OUTREACH_APP,
      TRUENORTH_WEBHOOK_URL: 'https://hooks.example.com/',
      TRUENORTH_WEBHOOK_SECRET: 'shared',
    };
    const file = 'TRUENORTH_OUTREACH_TOKEN=tok\nTRUENORTH_WEBHOOK_URL=http://127.0.0.1:7804/events\n';
    expect(saidOf({ process, file })).toEqual([
      '/org/demo.env:2:1 TRUENORTH_WEBHOOK_URL needs TRUENORTH_WEBHOOK_SECRET too: events are signed',
    ]);
    const { outreach, webhook } = read({ process, file: 'TRUENORTH_OUTREACH_TOKEN=tok\n' });
    expect([outreach?.login.kind, webhook?.secret]).toEqual(['token', 'shared']);
  });

  it('says all that is wrong at once', () => {
    const process = {
      TRUENORTH_OUTREACH_CLIENT_ID: 'app',
      TRUENORTH_OUTREACH_URL: 'api.outreach.io',
      TRUENORTH_WEBHOOK_SECRET: 'shared',
    };
    expect(saidOf({ process })).toHaveLength(3);
  });

  it.each<readonly [string, Given, string]>([
    [
      'an unknown variable',
      { process: { TRUENORTH_HUBSPOT_TOKN: 'x' } },
      'environment unknown variable TRUENORTH_HUBSPOT_TOKN; did you mean "TRUENORTH_HUBSPOT_TOKEN"?',
    ],
    [
      'its line in an env file',
      { file: '# demo\nTRUENORTH_NWO=1\n' },
      '/org/demo.env:2:1 unknown variable TRUENORTH_NWO; did you mean "TRUENORTH_NOW"?',
    ],
    [
      'a login that lacks a part',
      { process: { TRUENORTH_SALESFORCE_CLIENT_ID: 'app' } },
      'environment to log in to Salesforce by client credentials, TRUENORTH_SALESFORCE_CLIENT_SECRET must be set too',
    ],
    [
      'two ways to log in',
      { process: { ...APP, TRUENORTH_SALESFORCE_ACCESS_TOKEN: 'a', TRUENORTH_SALESFORCE_PRIVATE_KEY: 'k' } },
      'environment two ways to log in to Salesforce are given: an access token and JWT bearer; keep one',
    ],
    [
      'a login to Outreach that lacks parts',
      { process: { TRUENORTH_OUTREACH_CLIENT_ID: 'app' } },
      'environment to log in to Outreach by a refresh token, TRUENORTH_OUTREACH_REFRESH_TOKEN and TRUENORTH_OUTREACH_CLIENT_SECRET must be set too',
    ],
    [
      'two ways to log in to Outreach',
      { process: { ...OUTREACH_APP, TRUENORTH_OUTREACH_TOKEN: 'tok' } },
      'environment two ways to log in to Outreach are given: an access token and a refresh token; keep one',
    ],
    [
      'a webhook without encryption',
      { process: { TRUENORTH_WEBHOOK_URL: 'http://hooks.example.com', TRUENORTH_WEBHOOK_SECRET: 'shared' } },
      'environment TRUENORTH_WEBHOOK_URL must start with https:// (http:// only on this machine)',
    ],
    [
      'a webhook’s secret without a receiver',
      { process: { TRUENORTH_WEBHOOK_SECRET: 'shared' } },
      'environment TRUENORTH_WEBHOOK_SECRET needs TRUENORTH_WEBHOOK_URL too: where to send events',
    ],
    [
      'an address without encryption',
      { process: { ...APP, TRUENORTH_SALESFORCE_LOGIN_URL: 'http://login.salesforce.com' } },
      'environment TRUENORTH_SALESFORCE_LOGIN_URL must start with https:// (http:// only on this machine)',
    ],
    [
      'a secret’s file that is not there',
      { process: { TRUENORTH_HUBSPOT_TOKEN_FILE: '/none' } },
      'environment TRUENORTH_HUBSPOT_TOKEN_FILE names /none, which can’t be read',
    ],
    [
      'a secret given twice',
      {
        process: { TRUENORTH_HUBSPOT_TOKEN: 'x', TRUENORTH_HUBSPOT_TOKEN_FILE: '/t' },
        secrets: { '/t': 'y' },
      },
      'environment TRUENORTH_HUBSPOT_TOKEN is given both directly and as a file; keep one',
    ],
    [
      'an instant that is none',
      { process: { TRUENORTH_NOW: 'noon' } },
      'environment TRUENORTH_NOW is not an ISO 8601 instant, like 2026-11-22T06:00:00Z',
    ],
    [
      'an unknown log level',
      { process: { TRUENORTH_LOG_LEVEL: 'loud' } },
      'environment TRUENORTH_LOG_LEVEL must be one of error, warn, info, debug',
    ],
  ])('names %s', (_what, given, said) => {
    expect(saidOf(given)).toEqual([said]);
  });

  it('never says what a secret is', () => {
    const secret = 'canary-5150';
    const names = Object.keys(VARIABLES);
    const wrong = Object.fromEntries(names.map((name) => [name, `${secret} ${name}`]));
    const said = saidOf({ process: wrong }).join('\n');
    expect(said).toContain('TRUENORTH_NOW');
    expect(said).not.toContain(secret);
  });
});
