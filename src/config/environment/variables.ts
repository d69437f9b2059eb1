/** Which connection a variable belongs to: an env file that sets one of a group sets the whole group. */
type VariableGroup = 'salesforce' | 'hubspot' | 'outreach' | 'webhook' | 'service';

export interface Variable {
  readonly group: VariableGroup;
  readonly meaning: string;
  /** A secret is never shown, and may be given as `<NAME>_FILE`, the path of a file that holds it. */
  readonly secret?: true;
}

/** Every environment variable that Truenorth reads. */
export const VARIABLES = {
  TRUENORTH_SALESFORCE_LOGIN_URL: {
    group: 'salesforce',
    meaning:
      'Where tokens are asked for. Default https://login.salesforce.com; https://test.salesforce.com for a sandbox; your My Domain URL for client credentials.',
  },
  TRUENORTH_SALESFORCE_INSTANCE_URL: {
    group: 'salesforce',
    meaning: 'The org’s own URL. Needed with an access token; otherwise the token’s answer says it.',
  },
  TRUENORTH_SALESFORCE_CLIENT_ID: {
    group: 'salesforce',
    meaning: 'Consumer key of the connected app. Needed for JWT, client credentials and refresh token.',
  },
  TRUENORTH_SALESFORCE_CLIENT_SECRET: {
    group: 'salesforce',
    secret: true,
    meaning: 'Consumer secret. Needed for client credentials; for a refresh token where the app asks for it.',
  },
  TRUENORTH_SALESFORCE_USERNAME: {
    group: 'salesforce',
    meaning: 'The integration user. Needed for JWT.',
  },
  TRUENORTH_SALESFORCE_PRIVATE_KEY: {
    group: 'salesforce',
    secret: true,
    meaning:
      'Private key (PEM) of the certificate in the connected app. Choosing this chooses the JWT bearer flow.',
  },
  TRUENORTH_SALESFORCE_JWT_AUDIENCE: {
    group: 'salesforce',
    meaning: 'Audience of the JWT where it is not the login URL.',
  },
  TRUENORTH_SALESFORCE_ACCESS_TOKEN: {
    group: 'salesforce',
    secret: true,
    meaning: 'A session or access token in hand, for a trial; it is not renewed.',
  },
  TRUENORTH_SALESFORCE_REFRESH_TOKEN: {
    group: 'salesforce',
    secret: true,
    meaning:
      'A refresh token. Give it as a file where the app rotates tokens: the new one is written back there.',
  },
  TRUENORTH_SALESFORCE_API_VERSION: {
    group: 'salesforce',
    meaning: 'API version, like 62.0, where not the one that Truenorth was tested with.',
  },
  TRUENORTH_NOW: {
    group: 'salesforce',
    meaning:
      'Instant (ISO 8601) that counts as now; written by the embedded org. Refused against a production org.',
  },
  TRUENORTH_NOW_SINCE: {
    group: 'salesforce',
    meaning:
      'Instant of this machine’s clock at which TRUENORTH_NOW was now; the time runs on from there. Without it TRUENORTH_NOW is when a command starts.',
  },
  TRUENORTH_HUBSPOT_TOKEN: {
    group: 'hubspot',
    secret: true,
    meaning: 'Access token of a HubSpot private app. Without it nobody is enrolled.',
  },
  TRUENORTH_HUBSPOT_URL: {
    group: 'hubspot',
    meaning: 'Base URL of the HubSpot API. Default https://api.hubapi.com.',
  },
  TRUENORTH_OUTREACH_URL: {
    group: 'outreach',
    meaning: 'Base URL of Outreach, without /api/v2. Default https://api.outreach.io.',
  },
  TRUENORTH_OUTREACH_TOKEN: {
    group: 'outreach',
    secret: true,
    meaning: 'An Outreach access token in hand, for a trial: it ends after two hours and is not renewed.',
  },
  TRUENORTH_OUTREACH_CLIENT_ID: {
    group: 'outreach',
    meaning: 'Client id of the Outreach application. Needed with a refresh token.',
  },
  TRUENORTH_OUTREACH_CLIENT_SECRET: {
    group: 'outreach',
    secret: true,
    meaning: 'Client secret of the Outreach application. Needed with a refresh token.',
  },
  TRUENORTH_OUTREACH_REFRESH_TOKEN: {
    group: 'outreach',
    secret: true,
    meaning:
      'Refresh token of the user who authorised the application. Give it as a file: each use ends the token, and the next one is written back there.',
  },
  TRUENORTH_WEBHOOK_URL: {
    group: 'webhook',
    meaning: 'Where events of the webhook channel are sent. Without it the channel is not there.',
  },
  TRUENORTH_WEBHOOK_SECRET: {
    group: 'webhook',
    secret: true,
    meaning:
      'What events of the webhook channel are signed with, at least 16 characters; the receiver has it too.',
  },
  TRUENORTH_HUBSPOT_APP_SECRET: {
    group: 'hubspot',
    secret: true,
    meaning:
      'Client secret of the HubSpot app: its webhooks are signed with it. Without it they are refused.',
  },
  TRUENORTH_OUTREACH_WEBHOOK_SECRET: {
    group: 'outreach',
    secret: true,
    meaning: 'The secret that the Outreach webhook was made with. Without it its webhooks are refused.',
  },
  TRUENORTH_PUBLIC_URL: {
    group: 'service',
    meaning:
      'Where people and vendors reach the service, like https://truenorth.example.com. Needed for webhooks and for links in alerts.',
  },
  TRUENORTH_ORG: {
    group: 'service',
    meaning:
      'Short name of the org (a-z, 0-9, -), where several share a database or a Redis: each keeps its own part. Default: default.',
  },
  TRUENORTH_PERSON_KEY: {
    group: 'service',
    secret: true,
    meaning:
      'Key under which people are known (at least 32 characters), the same for every process of the org and for ever. Default: var/person.key, made on the first use. Needed with DATABASE_URL where processes do not share var/.',
  },
  TRUENORTH_SMTP_URL: {
    group: 'service',
    secret: true,
    meaning: 'Mail server for alerts and the digest, like smtps://user:password@mail.example.com.',
  },
  TRUENORTH_CHAT_URL: {
    group: 'service',
    secret: true,
    meaning: 'Incoming webhook of a chat (Slack, Teams, Mattermost) for alerts.',
  },
  TRUENORTH_LOG_LEVEL: {
    group: 'service',
    meaning: 'error, warn, info or debug. Default info.',
  },
  DATABASE_URL: {
    group: 'service',
    secret: true,
    meaning: 'PostgreSQL, for more than one process. Default: an SQLite file in var/.',
  },
  REDIS_URL: {
    group: 'service',
    secret: true,
    meaning: 'Redis, for jobs in more than one process. Default: jobs run in this process.',
  },
} as const satisfies Readonly<Record<string, Variable>>;

export type VariableName = keyof typeof VARIABLES;

const VARIABLE_NAMES = Object.keys(VARIABLES) as readonly VariableName[];

/** The variable behind a name as written, `_FILE` names included. */
export function variableOf(
  name: string,
): { readonly variable: VariableName; readonly isFile: boolean } | null {
  const plain = VARIABLE_NAMES.find((known) => known === name);
  if (plain) return { variable: plain, isFile: false };
  const file = VARIABLE_NAMES.find((known) => `${known}_FILE` === name && 'secret' in VARIABLES[known]);
  return file ? { variable: file, isFile: true } : null;
}

/** Names that may be written, for suggestions. */
export function writableNames(): readonly string[] {
  return VARIABLE_NAMES.flatMap((name) => ('secret' in VARIABLES[name] ? [name, `${name}_FILE`] : [name]));
}
