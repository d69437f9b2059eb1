import type { Instant } from '../../domain/day.js';
import { ConfigError, type Problem } from '../problems.js';
import { type GivenVariables, gatherVariables, type VariableSources } from './gather-variables.js';
import { type OutreachLogin, outreachLogin } from './outreach-login.js';
import { type SalesforceLogin, salesforceLogin } from './salesforce-login.js';
import type { VariableName } from './variables.js';

const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What the environment says. Holds secrets: never to be logged. */
export interface Environment {
  /** Null when no Salesforce variable is set. */
  readonly salesforce: {
    readonly login: SalesforceLogin;
    readonly loginUrl: string;
    /** Null = as the token's answer says. */
    readonly instanceUrl: string | null;
    /** `62.0`; null = the one that we were tested with. */
    readonly apiVersion: string | null;
  } | null;
  /** Null when no token is set: nobody is enrolled. */
  readonly hubspot: { readonly token: string; readonly baseUrl: string } | null;
  /** Null when neither a token nor an application is set. */
  readonly outreach: { readonly login: OutreachLogin; readonly baseUrl: string } | null;
  /** Null when no receiver is set: the channel is not there. */
  readonly webhook: { readonly url: string; readonly secret: string } | null;
  /** What webhooks of each tool are signed with; null = they are refused. */
  readonly webhookSecrets: { readonly hubspot: string | null; readonly outreach: string | null };
  /** Without a trailing slash; null = not told. */
  readonly publicUrl: string | null;
  /** Short name of the org, in names of schemas and keys. */
  readonly orgName: string;
  /** Key under which people are known; null = the one in var/. */
  readonly personKey: string | null;
  readonly smtpUrl: string | null;
  readonly chatUrl: string | null;
  readonly databaseUrl: string | null;
  readonly redisUrl: string | null;
  /** An instant that counts as now, or null. */
  readonly now: Instant | null;
  /** When, by this machine's clock, `now` was now; null = when the command starts. */
  readonly nowSince: Instant | null;
  readonly logLevel: LogLevel;
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

interface Sheet {
  readonly variables: GivenVariables;
  readonly problems: Problem[];
}

function report({ variables, problems }: Sheet, name: VariableName, message: string): null {
  const given = variables[name];
  if (given) problems.push(given.problem(`${name} ${message}`));
  return null;
}

/** An https URL without a trailing slash; http only on this machine, where the embedded servers are. */
function urlOf(sheet: Sheet, name: VariableName): string | null {
  const written = sheet.variables[name]?.value;
  if (written === undefined) return null;
  const url = URL.parse(written);
  if (url === null)
    return report(sheet, name, 'is not a URL; it looks like https://example.my.salesforce.com');
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
  return safe
    ? written.replace(/\/+$/, '')
    : report(sheet, name, 'must start with https:// (http:// only on this machine)');
}

function matching(
  sheet: Sheet,
  name: VariableName,
  { pattern, hint }: { pattern: RegExp; hint: string },
): string | null {
  const written = sheet.variables[name]?.value;
  if (written === undefined) return null;
  return pattern.test(written) ? written : report(sheet, name, hint);
}

const ORG_NAME = {
  pattern: /^[a-z][a-z0-9-]{0,30}$/,
  hint: 'must be 1-31 of a-z, 0-9 and -, beginning with a letter',
};
const PERSON_KEY = { pattern: /^\S{32,}$/, hint: 'must have at least 32 characters, none of them blank' };
const SMTP_URL = {
  pattern: /^smtps?:\/\/\S+$/,
  hint: 'is not a mail server; it looks like smtps://user:password@mail.example.com',
};

const DATABASE_URL = {
  pattern: /^postgres(ql)?:\/\/\S+$/,
  hint: 'is no PostgreSQL database; it looks like postgres://user:password@db.example.com:5432/truenorth',
};

function instantOf(sheet: Sheet, name: 'TRUENORTH_NOW' | 'TRUENORTH_NOW_SINCE'): Instant | null {
  const written = sheet.variables[name]?.value;
  if (written === undefined) return null;
  const instant = Date.parse(written);
  return Number.isNaN(instant)
    ? report(sheet, name, 'is not an ISO 8601 instant, like 2026-11-22T06:00:00Z')
    : instant;
}

function logLevelOf(sheet: Sheet): LogLevel {
  const written = sheet.variables.TRUENORTH_LOG_LEVEL?.value ?? 'info';
  const level = LOG_LEVELS.find((known) => known === written);
  return level ?? report(sheet, 'TRUENORTH_LOG_LEVEL', `must be one of ${LOG_LEVELS.join(', ')}`) ?? 'info';
}

function salesforceOf(sheet: Sheet): Environment['salesforce'] {
  const { login, problems } = salesforceLogin(sheet.variables);
  sheet.problems.push(...problems);
  const loginUrl = urlOf(sheet, 'TRUENORTH_SALESFORCE_LOGIN_URL') ?? 'https://login.salesforce.com';
  const instanceUrl = urlOf(sheet, 'TRUENORTH_SALESFORCE_INSTANCE_URL');
  const version = { pattern: /^\d{2,3}\.0$/, hint: 'must look like 62.0' };
  const apiVersion = matching(sheet, 'TRUENORTH_SALESFORCE_API_VERSION', version);
  return login && { login, loginUrl, instanceUrl, apiVersion };
}

function hubspotOf(sheet: Sheet): Environment['hubspot'] {
  const baseUrl = urlOf(sheet, 'TRUENORTH_HUBSPOT_URL') ?? 'https://api.hubapi.com';
  const token = sheet.variables.TRUENORTH_HUBSPOT_TOKEN?.value;
  return token === undefined ? null : { token, baseUrl };
}

function outreachOf(sheet: Sheet): Environment['outreach'] {
  const { login, problems } = outreachLogin(sheet.variables);
  sheet.problems.push(...problems);
  const baseUrl = urlOf(sheet, 'TRUENORTH_OUTREACH_URL') ?? 'https://api.outreach.io';
  return login && { login, baseUrl };
}

/** The URL stands as it was written: a slash at its end may be the receiver's. */
function webhookOf(sheet: Sheet): Environment['webhook'] {
  const { TRUENORTH_WEBHOOK_URL: written, TRUENORTH_WEBHOOK_SECRET: secret } = sheet.variables;
  const url = urlOf(sheet, 'TRUENORTH_WEBHOOK_URL');
  if (written && !secret) {
    return report(sheet, 'TRUENORTH_WEBHOOK_URL', 'needs TRUENORTH_WEBHOOK_SECRET too: events are signed');
  }
  if (secret && !written) {
    return report(sheet, 'TRUENORTH_WEBHOOK_SECRET', 'needs TRUENORTH_WEBHOOK_URL too: where to send events');
  }
  return url === null || !written || !secret ? null : { url: written.value, secret: secret.value };
}

/** Pure over its sources. Throws one `ConfigError` that names every problem, never a value. */
export function resolveEnvironment(sources: VariableSources): Environment {
  const { variables, problems } = gatherVariables(sources);
  const sheet: Sheet = { variables, problems: [...problems] };
  const environment: Environment = {
    salesforce: salesforceOf(sheet),
    hubspot: hubspotOf(sheet),
    outreach: outreachOf(sheet),
    webhook: webhookOf(sheet),
    webhookSecrets: {
      hubspot: variables.TRUENORTH_HUBSPOT_APP_SECRET?.value ?? null,
      outreach: variables.TRUENORTH_OUTREACH_WEBHOOK_SECRET?.value ?? null,
    },
    publicUrl: urlOf(sheet, 'TRUENORTH_PUBLIC_URL'),
    orgName: matching(sheet, 'TRUENORTH_ORG', ORG_NAME) ?? 'default',
    personKey: matching(sheet, 'TRUENORTH_PERSON_KEY', PERSON_KEY),
    smtpUrl: matching(sheet, 'TRUENORTH_SMTP_URL', SMTP_URL),
    chatUrl: urlOf(sheet, 'TRUENORTH_CHAT_URL'),
    databaseUrl: matching(sheet, 'DATABASE_URL', DATABASE_URL),
    redisUrl: variables.REDIS_URL?.value ?? null,
    now: instantOf(sheet, 'TRUENORTH_NOW'),
    nowSince: instantOf(sheet, 'TRUENORTH_NOW_SINCE'),
    logLevel: logLevelOf(sheet),
  };
  if (sheet.problems.length > 0) throw new ConfigError(sheet.problems);
  return environment;
}
