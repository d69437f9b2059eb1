import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type {
  ApiToken,
  AuditEntry,
  ConsoleSession,
  ServiceStore,
  UsageReading,
} from '../../src/ports/service-store.js';

function aToken(id: string, fields: Partial<ApiToken> = {}): ApiToken {
  const times = { createdAt: 1, lastUsedAt: null, revokedAt: null };
  return { id, name: `token ${id}`, scope: 'read', hash: `hash-${id}`, ...times, ...fields };
}

function aUser(name: string) {
  return { name, password: 'scrypt$1', scope: 'write' as const, createdAt: 5 };
}

function aSession(hash: string, fields: Partial<ConsoleSession> = {}): ConsoleSession {
  return { hash, user: 'cleo', csrf: 'c', startedAt: 10, expiresAt: 100, ...fields };
}

function anEntry(at: number, subject: string): AuditEntry {
  return { at, who: 'user:cleo', what: 'approve plan', subject, particulars: { count: 3 }, trace: 't' };
}

function aReading(id: string, fields: Partial<UsageReading> = {}): UsageReading {
  const values = { activeUsers: 3, plan: 'ü', trial: false, none: null };
  return { source: 's', id, content: 'c1', account: '001', values, receivedAt: 50, ...fields };
}

/** What every service store does, whatever keeps it. */
export function serviceStoreContract(name: string, open: () => Promise<ServiceStore>): void {
  describe(`${name} as a service store`, () => {
    let store: ServiceStore;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    tokens(() => store);
    users(() => store);
    sessions(() => store);
    audit(() => store);
    usage(() => store);
    deliveries(() => store);
  });
}

function tokens(current: () => ServiceStore): void {
  describe('tokens', () => {
    it('are found by their hash and listed in the order of their making', async () => {
      const { tokens: store } = current();
      await store.save(aToken('b', { createdAt: 2 }));
      await store.save(aToken('a', { createdAt: 3, scope: 'usage' }));
      expect(await store.byHash('hash-a')).toEqual(aToken('a', { createdAt: 3, scope: 'usage' }));
      expect(await store.byHash('hash-')).toBeNull();
      expect((await store.list()).map(({ id }) => id)).toEqual(['b', 'a']);
    });

    it('remember when they were last used and when they were revoked, once', async () => {
      const { tokens: store } = current();
      await store.save(aToken('a'));
      await store.used('a', 7);
      expect(await store.revoke('a', 8)).toBe(true);
      expect(await store.revoke('a', 9)).toBe(false);
      expect(await store.revoke('z', 9)).toBe(false);
      expect(await store.list()).toEqual([aToken('a', { lastUsedAt: 7, revokedAt: 8 })]);
    });
  });
}

function users(current: () => ServiceStore): void {
  describe('users', () => {
    it('are replaced by name, listed by name, and lose their sessions when they go', async () => {
      const store = current();
      await store.users.save(aUser('dora'));
      await store.users.save(aUser('cleo'));
      await store.users.save({ ...aUser('cleo'), scope: 'admin' });
      await store.sessions.save(aSession('h'));
      expect((await store.users.list()).map(({ name, scope }) => [name, scope])).toEqual([
        ['cleo', 'admin'],
        ['dora', 'write'],
      ]);
      expect(await store.users.remove('cleo')).toBe(true);
      expect(await store.users.remove('cleo')).toBe(false);
      expect(await store.users.get('cleo')).toBeNull();
      expect(await store.sessions.get('h', 20)).toBeNull();
    });
  });
}

function sessions(current: () => ServiceStore): void {
  describe('sessions', () => {
    it('are there until their end, which may move', async () => {
      const { sessions: store } = current();
      await store.save(aSession('h'));
      expect(await store.get('h', 99)).toEqual(aSession('h'));
      expect(await store.get('h', 100)).toBeNull();
      await store.save(aSession('h', { expiresAt: 150 }));
      expect(await store.get('h', 149)).toEqual(aSession('h', { expiresAt: 150 }));
    });

    it('end one by one, all of a user, or by time', async () => {
      const { sessions: store } = current();
      for (const hash of ['a', 'b', 'c']) await store.save(aSession(hash));
      await store.save(aSession('d', { user: 'dora', expiresAt: 30 }));
      await store.end('a');
      expect(await store.prune(30)).toBe(1);
      expect(await store.get('a', 20)).toBeNull();
      expect(await store.get('d', 20)).toBeNull();
      await store.endAll('cleo');
      expect(await store.get('b', 20)).toBeNull();
      expect(await store.prune(999)).toBe(0);
    });
  });
}

function audit(current: () => ServiceStore): void {
  describe('the audit', () => {
    it('is read newest first in pages that lose nothing of the same moment', async () => {
      const { audit: store } = current();
      for (const subject of ['one', 'two', 'three']) await store.add(anEntry(5, subject));
      const first = await store.list(2, null);
      const second = await store.list(2, first.at(-1)?.position ?? null);
      expect([...first, ...second].map(({ subject }) => subject)).toEqual(['three', 'two', 'one']);
      expect(second).toEqual([{ ...anEntry(5, 'one'), position: expect.any(Number) }]);
    });

    it('lets go of what is older than asked', async () => {
      const { audit: store } = current();
      await store.add(anEntry(5, 'old'));
      await store.add(anEntry(6, 'kept'));
      expect(await store.prune(6)).toBe(1);
      expect((await store.list(9, null)).map(({ subject }) => subject)).toEqual(['kept']);
    });
  });
}

function usage(current: () => ServiceStore): void {
  describe('usage readings', () => {
    it('wait in the order in which they came, whole', async () => {
      const { usage: store } = current();
      expect(await store.add([aReading('b'), aReading('a')])).toEqual(['new', 'new']);
      expect(await store.add([aReading('c', { source: 'other' })])).toEqual(['new']);
      expect((await store.waiting(2)).map(({ id }) => id)).toEqual(['b', 'a']);
      expect((await store.waiting(9))[1]).toEqual(aReading('a'));
      expect(await store.count()).toBe(3);
      expect(await store.add([])).toEqual([]);
    });

    it('are corrected by other content and repeated by the same', async () => {
      const { usage: store } = current();
      await store.add([aReading('a'), aReading('b')]);
      const again = aReading('a', {
        content: 'c2',
        values: { activeUsers: 4 },
        account: '002',
        receivedAt: 51,
      });
      expect(await store.add([again, aReading('b'), aReading('c')])).toEqual(['corrected', 'known', 'new']);
      expect(await store.waiting(9)).toEqual([again, aReading('b'), aReading('c')]);
    });

    it('within one delivery count one after the other, and the last says what is kept', async () => {
      const { usage: store } = current();
      const told = await store.add([aReading('d'), aReading('d'), aReading('d', { content: 'c2' })]);
      expect(told).toEqual(['new', 'known', 'corrected']);
      expect(await store.waiting(9)).toEqual([aReading('d', { content: 'c2' })]);
    });

    it('once taken stay known, and wait again only when they are corrected', async () => {
      const { usage: store } = current();
      await store.add([aReading('a'), aReading('b'), aReading('a', { source: 'other' })]);
      await store.taken([aReading('a')]);
      expect(await store.add([aReading('a')])).toEqual(['known']);
      expect((await store.waiting(9)).map(({ source, id }) => source + id)).toEqual(['sb', 'othera']);
      expect(await store.count()).toBe(2);
      expect(await store.add([aReading('a', { content: 'c2' })])).toEqual(['corrected']);
      expect(await store.count()).toBe(3);
    });

    it('that are corrected before they are taken still wait', async () => {
      const { usage: store } = current();
      await store.add([aReading('a')]);
      await store.add([aReading('a', { content: 'c2' })]);
      await store.taken([aReading('a')]);
      expect((await store.waiting(9)).map(({ content }) => content)).toEqual(['c2']);
    });

    it('are forgotten when they are old and were taken, never while they wait', async () => {
      const { usage: store } = current();
      await store.add([aReading('a'), aReading('b'), aReading('c', { receivedAt: 60 })]);
      await store.taken([aReading('a'), aReading('c')]);
      expect(await store.prune(60)).toBe(1);
      expect((await store.waiting(9)).map(({ id }) => id)).toEqual(['b']);
      expect(await store.add([aReading('a'), aReading('c')])).toEqual(['new', 'known']);
    });

    it('may be thousands at once', async () => {
      const { usage: store } = current();
      const many = Array.from({ length: 6_001 }, (_, n) => aReading(`r${n}`));
      expect(new Set(await store.add(many))).toEqual(new Set(['new']));
      await store.taken(many);
      expect(await store.count()).toBe(0);
    });
  });
}

function deliveries(current: () => ServiceStore): void {
  describe('deliveries', () => {
    it('are first once for each source, until they are forgotten', async () => {
      const { deliveries: store } = current();
      expect(await store.first('hubspot', '1', 5)).toBe(true);
      expect(await store.first('hubspot', '1', 6)).toBe(false);
      expect(await store.first('outreach', '1', 6)).toBe(true);
      expect(await store.prune(6)).toBe(1);
      expect(await store.first('hubspot', '1', 7)).toBe(true);
    });
  });
}
