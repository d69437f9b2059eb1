import type {
  ApiToken,
  ConsoleSession,
  ConsoleUser,
  KeptAudit,
  ServiceStore,
  UsageReading,
} from '../../../ports/service-store.js';

/** A service store that ends with the process: for tests. */
export function openMemoryServiceStore(): ServiceStore {
  const sessions = new Map<string, ConsoleSession>();
  return {
    tokens: tokenStore(new Map()),
    users: userStore(new Map(), sessions),
    sessions: sessionStore(sessions),
    audit: auditStore([]),
    usage: usageStore(new Map()),
    deliveries: deliveryStore(new Map()),
    close: async () => {},
  };
}

function tokenStore(tokens: Map<string, ApiToken>): ServiceStore['tokens'] {
  const change = (id: string, fields: Partial<ApiToken>): void => {
    const token = tokens.get(id);
    if (token) tokens.set(id, { ...token, ...fields });
  };
  return {
    save: async (token) => void tokens.set(token.id, token),
    byHash: async (hash) => [...tokens.values()].find((token) => token.hash === hash) ?? null,
    list: async () =>
      [...tokens.values()].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)),
    used: async (id, at) => change(id, { lastUsedAt: at }),
    revoke: async (id, at) => {
      if (tokens.get(id)?.revokedAt !== null) return false;
      change(id, { revokedAt: at });
      return true;
    },
  };
}

function userStore(
  users: Map<string, ConsoleUser>,
  sessions: Map<string, ConsoleSession>,
): ServiceStore['users'] {
  return {
    save: async (user) => void users.set(user.name, user),
    get: async (name) => users.get(name) ?? null,
    list: async () => [...users.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    remove: async (name) => {
      endAll(sessions, ({ user }) => user === name);
      return users.delete(name);
    },
  };
}

function sessionStore(sessions: Map<string, ConsoleSession>): ServiceStore['sessions'] {
  return {
    save: async (session) => void sessions.set(session.hash, session),
    get: async (hash, now) => {
      const session = sessions.get(hash);
      return session && session.expiresAt > now ? session : null;
    },
    end: async (hash) => void sessions.delete(hash),
    endAll: async (user) => void endAll(sessions, (session) => session.user === user),
    prune: async (now) => endAll(sessions, ({ expiresAt }) => expiresAt <= now),
  };
}

function endAll(sessions: Map<string, ConsoleSession>, over: (session: ConsoleSession) => boolean): number {
  const ended = [...sessions.values()].filter(over);
  for (const { hash } of ended) sessions.delete(hash);
  return ended.length;
}

function auditStore(entries: KeptAudit[]): ServiceStore['audit'] {
  let position = 0;
  return {
    add: async (entry) => {
      position += 1;
      entries.push({ ...structuredClone(entry), position });
    },
    list: async (limit, before) =>
      entries
        .filter((entry) => before === null || entry.position < before)
        .reverse()
        .slice(0, limit),
    prune: async (before) => {
      const kept = entries.filter(({ at }) => at >= before);
      const gone = entries.length - kept.length;
      entries.splice(0, entries.length, ...kept);
      return gone;
    },
  };
}

interface KeptReading {
  readonly reading: UsageReading;
  readonly waits: boolean;
}

function usageStore(readings: Map<string, KeptReading>): ServiceStore['usage'] {
  const waiting = () => [...readings.values()].flatMap(({ reading, waits }) => (waits ? [reading] : []));
  return {
    add: async (added) => added.map((reading) => addReading(readings, structuredClone(reading))),
    waiting: async (limit) => waiting().slice(0, limit),
    taken: async (taken) => {
      for (const one of taken) {
        const known = readings.get(keyOf(one));
        if (known?.reading.content === one.content) readings.set(keyOf(one), { ...known, waits: false });
      }
    },
    count: async () => waiting().length,
    prune: async (before) => {
      const old = [...readings].filter(([, { reading, waits }]) => !waits && reading.receivedAt < before);
      for (const [key] of old) readings.delete(key);
      return old.length;
    },
  };
}

function addReading(
  readings: Map<string, KeptReading>,
  reading: UsageReading,
): 'new' | 'corrected' | 'known' {
  const known = readings.get(keyOf(reading));
  if (known?.reading.content === reading.content) return 'known';
  readings.set(keyOf(reading), { reading, waits: true });
  return known === undefined ? 'new' : 'corrected';
}

function keyOf({ source, id }: Pick<UsageReading, 'source' | 'id'>): string {
  return JSON.stringify([source, id]);
}

function deliveryStore(deliveries: Map<string, number>): ServiceStore['deliveries'] {
  return {
    first: async (source, id, at) => {
      const key = JSON.stringify([source, id]);
      if (deliveries.has(key)) return false;
      deliveries.set(key, at);
      return true;
    },
    prune: async (before) => {
      const old = [...deliveries].filter(([, at]) => at < before);
      for (const [key] of old) deliveries.delete(key);
      return old.length;
    },
  };
}
