import type { Problem } from '../problems.js';
import type { GivenVariables } from './gather-variables.js';
import type { VariableName } from './variables.js';

/** How we log in to Salesforce. Holds secrets: never to be logged. */
export type SalesforceLogin =
  | {
      readonly kind: 'jwt';
      readonly clientId: string;
      readonly username: string;
      readonly privateKey: string;
      /** Null = the login URL. */
      readonly audience: string | null;
    }
  | { readonly kind: 'client-credentials'; readonly clientId: string; readonly clientSecret: string }
  | { readonly kind: 'access-token'; readonly accessToken: string }
  | {
      readonly kind: 'refresh-token';
      readonly clientId: string;
      readonly clientSecret: string | null;
      readonly refreshToken: string;
      /** Where a rotated token is to be written; null = nowhere. */
      readonly refreshTokenFile: string | null;
    };

type Kind = SalesforceLogin['kind'];

const CHOSEN_BY: readonly (readonly [Kind, VariableName])[] = [
  ['access-token', 'TRUENORTH_SALESFORCE_ACCESS_TOKEN'],
  ['refresh-token', 'TRUENORTH_SALESFORCE_REFRESH_TOKEN'],
  ['jwt', 'TRUENORTH_SALESFORCE_PRIVATE_KEY'],
];

const NEEDS: Readonly<Record<Kind, readonly VariableName[]>> = {
  'access-token': ['TRUENORTH_SALESFORCE_ACCESS_TOKEN', 'TRUENORTH_SALESFORCE_INSTANCE_URL'],
  'refresh-token': ['TRUENORTH_SALESFORCE_REFRESH_TOKEN', 'TRUENORTH_SALESFORCE_CLIENT_ID'],
  jwt: [
    'TRUENORTH_SALESFORCE_PRIVATE_KEY',
    'TRUENORTH_SALESFORCE_CLIENT_ID',
    'TRUENORTH_SALESFORCE_USERNAME',
  ],
  'client-credentials': ['TRUENORTH_SALESFORCE_CLIENT_ID', 'TRUENORTH_SALESFORCE_CLIENT_SECRET'],
};

const SPOKEN: Readonly<Record<Kind, string>> = {
  'access-token': 'an access token',
  'refresh-token': 'a refresh token',
  jwt: 'JWT bearer',
  'client-credentials': 'client credentials',
};

function chosen(variables: GivenVariables): readonly Kind[] {
  const kinds = CHOSEN_BY.filter(([, name]) => variables[name] !== undefined).map(([kind]) => kind);
  return kinds.length > 0 ? kinds : ['client-credentials'];
}

function problemsOf(variables: GivenVariables, kinds: readonly Kind[]): readonly Problem[] {
  const anyOne = Object.entries(variables).find(([name]) => name.startsWith('TRUENORTH_SALESFORCE_'))?.[1];
  const problem = (message: string): readonly Problem[] => (anyOne ? [anyOne.problem(message)] : []);
  const [kind, other] = kinds;
  if (kind === undefined) return [];
  if (other !== undefined)
    return problem(
      `two ways to log in to Salesforce are given: ${SPOKEN[kind]} and ${SPOKEN[other]}; keep one`,
    );
  const missing = NEEDS[kind].filter((name) => variables[name] === undefined);
  return missing.length === 0
    ? []
    : problem(`to log in to Salesforce by ${SPOKEN[kind]}, ${missing.join(' and ')} must be set too`);
}

function loginOf(kind: Kind, variables: GivenVariables): SalesforceLogin {
  const value = (name: VariableName) => variables[name]?.value ?? '';
  const clientId = value('TRUENORTH_SALESFORCE_CLIENT_ID');
  const clientSecret = value('TRUENORTH_SALESFORCE_CLIENT_SECRET');
  switch (kind) {
    case 'access-token':
      return { kind, accessToken: value('TRUENORTH_SALESFORCE_ACCESS_TOKEN') };
    case 'client-credentials':
      return { kind, clientId, clientSecret };
    case 'jwt': {
      const privateKey = value('TRUENORTH_SALESFORCE_PRIVATE_KEY').replaceAll('\\n', '\n');
      const audience = variables.TRUENORTH_SALESFORCE_JWT_AUDIENCE?.value ?? null;
      return { kind, clientId, username: value('TRUENORTH_SALESFORCE_USERNAME'), privateKey, audience };
    }
    case 'refresh-token': {
      const token = variables.TRUENORTH_SALESFORCE_REFRESH_TOKEN;
      const refreshTokenFile = token?.heldIn ?? null;
      return {
        kind,
        clientId,
        clientSecret: clientSecret || null,
        refreshToken: token?.value ?? '',
        refreshTokenFile,
      };
    }
  }
}

/** The login that the variables describe; null with problems, or without when none of them is set. */
export function salesforceLogin(variables: GivenVariables): {
  readonly login: SalesforceLogin | null;
  readonly problems: readonly Problem[];
} {
  const credentials = Object.keys(variables).some((name) => name.startsWith('TRUENORTH_SALESFORCE_'));
  if (!credentials) return { login: null, problems: [] };
  const kinds = chosen(variables);
  const problems = problemsOf(variables, kinds);
  const [kind] = kinds;
  return { login: kind === undefined || problems.length > 0 ? null : loginOf(kind, variables), problems };
}
