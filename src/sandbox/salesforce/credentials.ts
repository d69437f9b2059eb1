import { createHash, generateKeyPairSync, type KeyObject, type KeyPairKeyObjectResult } from 'node:crypto';
import type { Org } from './store/org.js';

/** An app that may ask for tokens. */
export interface Client {
  readonly id: string;
  readonly secret: string;
  /** Whom it acts for with client credentials. */
  readonly runAs: string;
  readonly publicKey: KeyObject;
}

/** How to log in to this org: made new at each start, valid on loopback only. */
export interface Credentials {
  readonly clients: readonly Client[];
  /** Signs JWT assertions for every client; PKCS 8, PEM. */
  readonly privateKey: string;
  /** The user of a name and a password (with or without security token); null = wrong. */
  readonly userOf: (login: { readonly username: string; readonly password: string }) => string | null;
  readonly userNamed: (username: string) => string | null;
  readonly password: string;
  readonly refresh: RefreshTokens;
}

export interface RefreshTokens {
  readonly open: (userId: string) => string;
  readonly use: (token: string) => Renewed | null;
  /** The session that a refresh token gave last. */
  readonly remember: (token: string, session: string) => void;
  readonly end: (token: string) => void;
}

interface Renewed {
  readonly userId: string;
  readonly lastSession: string | null;
  /** The token to use from now on; null without rotation. */
  readonly rotated: string | null;
}

export interface CredentialOptions {
  readonly rotateRefreshTokens: boolean;
}

/** One key per process: making one takes a good part of a second. */
let pair: KeyPairKeyObjectResult | null = null;

export function makeCredentials(org: Org, options: CredentialOptions): Credentials {
  pair ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { publicKey, privateKey } = pair;
  const password = `sandbox-${digest(`password ${org.seed}`).slice(0, 12)}`;
  const client = (name: string, runAs: string): Client => ({
    id: `truenorth-${name}-${digest(`client ${name} ${org.seed}`).slice(0, 10)}`,
    secret: digest(`secret ${name} ${org.seed}`),
    runAs,
    publicKey,
  });
  const userNamed = (username: string): string | null => {
    const users = org.table('User');
    const [slot] = users.withValue('Username', username);
    const user = slot === undefined ? null : users.rowAt(slot);
    return user === null || user.IsActive === false ? null : String(user.Id);
  };
  return {
    clients: [client('service', org.users.integration), client('cli', org.users.admin)],
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    userNamed,
    userOf: (login) => (login.password.startsWith(password) ? userNamed(login.username) : null),
    password,
    refresh: startRefreshTokens(org, options.rotateRefreshTokens),
  };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function startRefreshTokens(org: Org, rotate: boolean): RefreshTokens {
  const tokens = new Map<string, { readonly userId: string; readonly session: string | null }>();
  let count = 0;
  const open = (userId: string): string => {
    count += 1;
    const token = `5Aep.sandbox.${org.seed}.${count}`;
    tokens.set(token, { userId, session: null });
    return token;
  };
  return {
    open,
    use: (token) => {
      const known = tokens.get(token);
      if (known === undefined) {
        return null;
      }
      if (rotate) {
        tokens.delete(token);
      }
      return {
        userId: known.userId,
        lastSession: known.session,
        rotated: rotate ? open(known.userId) : null,
      };
    },
    remember: (token, session) => {
      const known = tokens.get(token);
      if (known !== undefined) {
        tokens.set(token, { ...known, session });
      }
    },
    end: (token) => {
      tokens.delete(token);
    },
  };
}
