import type { Problem } from '../problems.js';
import type { GivenVariables } from './gather-variables.js';
import type { VariableName } from './variables.js';

/** How we log in to Outreach. Holds secrets: never to be logged. */
export type OutreachLogin =
  | { readonly kind: 'token'; readonly accessToken: string }
  | {
      readonly kind: 'refresh-token';
      readonly clientId: string;
      readonly clientSecret: string;
      readonly refreshToken: string;
      /** Where the next token is to be written; null = nowhere: then the login works once. */
      readonly refreshTokenFile: string | null;
    };

const OF_THE_APP = [
  'TRUENORTH_OUTREACH_REFRESH_TOKEN',
  'TRUENORTH_OUTREACH_CLIENT_ID',
  'TRUENORTH_OUTREACH_CLIENT_SECRET',
] as const satisfies readonly VariableName[];

/** The login that the variables describe; null with problems, or without when none of them is set. */
export function outreachLogin(variables: GivenVariables): {
  readonly login: OutreachLogin | null;
  readonly problems: readonly Problem[];
} {
  const token = variables.TRUENORTH_OUTREACH_TOKEN;
  const [first] = OF_THE_APP.flatMap((name) => variables[name] ?? []);
  if (first === undefined) {
    return { login: token ? { kind: 'token', accessToken: token.value } : null, problems: [] };
  }
  if (token) {
    const twice = 'two ways to log in to Outreach are given: an access token and a refresh token; keep one';
    return { login: null, problems: [first.problem(twice)] };
  }
  const missing = OF_THE_APP.filter((name) => variables[name] === undefined);
  if (missing.length > 0) {
    const lacking = `to log in to Outreach by a refresh token, ${missing.join(' and ')} must be set too`;
    return { login: null, problems: [first.problem(lacking)] };
  }
  return { login: refreshed(variables), problems: [] };
}

function refreshed(variables: GivenVariables): OutreachLogin {
  const refreshToken = variables.TRUENORTH_OUTREACH_REFRESH_TOKEN;
  return {
    kind: 'refresh-token',
    clientId: variables.TRUENORTH_OUTREACH_CLIENT_ID?.value ?? '',
    clientSecret: variables.TRUENORTH_OUTREACH_CLIENT_SECRET?.value ?? '',
    refreshToken: refreshToken?.value ?? '',
    refreshTokenFile: refreshToken?.heldIn ?? null,
  };
}
