import { describe, expect, it } from '@jest/globals';
import { openMemoryServiceStore } from '../../src/adapters/state/memory/service-store.js';
import type { ServiceStore, UsageReading } from '../../src/ports/service-store.js';
import { gatheredUsage, USUAL_INBOX } from '../../src/service/usage/inbox.js';

type Usage = ServiceStore['usage'];

const aReading = (id: string, content = 'c'): UsageReading => ({
  source: 's',
  id,
  content,
  account: '001000000000001AAA',
  values: { on: 20_000 },
  receivedAt: 1,
});

/** A real inbox that notes its transactions; a clock that is moved by hand. */
function anInbox(limits = USUAL_INBOX, refuse: (readings: readonly UsageReading[]) => boolean = () => false) {
  const inner = openMemoryServiceStore().usage;
  const groups: number[] = [];
  let now = 0;
  let wake: (() => void) | null = null;
  const watched: Usage = {
    ...inner,
    add: async (readings) => {
      groups.push(readings.length);
      if (refuse(readings)) throw new Error('refused');
      return inner.add(readings);
    },
  };
  const clock = {
    now: () => now,
    sleep: () =>
      new Promise<void>((resolve) => {
        wake = resolve;
      }),
  };
  return {
    inbox: gatheredUsage(watched, clock, limits),
    inner,
    groups,
    pass: async (ms = 10) => {
      now += ms;
      for (let turn = 0; turn < 20; turn += 1) {
        await Promise.resolve();
        wake?.();
        wake = null;
      }
    },
  };
}

describe('the inbox of usage', () => {
  it('stores posts that arrive together in one transaction and tells each what its own were', async () => {
    const { inbox, groups, pass } = anInbox();
    const told = Promise.all([
      inbox.add([aReading('1'), aReading('2')]),
      inbox.add([aReading('2')]),
      inbox.add([aReading('1', 'other')]),
    ]);
    await pass();
    expect(await told).toEqual([['new', 'new'], ['known'], ['corrected']]);
    expect(groups).toEqual([4]);
  });

  it('answers nobody before what they sent is stored', async () => {
    const { inbox, inner, pass } = anInbox();
    let answered = false;
    const told = inbox.add([aReading('1')]).then(() => {
      answered = true;
    });
    await Promise.resolve();
    expect([answered, await inner.count()]).toEqual([false, 0]);
    await pass();
    await told;
    expect([answered, await inner.count()]).toEqual([true, 1]);
  });

  it('keeps a post that can’t be stored from taking others with it', async () => {
    const { inbox, inner, pass } = anInbox(USUAL_INBOX, (readings) =>
      readings.some(({ id }) => id === 'bad'),
    );
    const told = Promise.allSettled([
      inbox.add([aReading('1')]),
      inbox.add([aReading('bad')]),
      inbox.add([aReading('2')]),
    ]);
    await pass();
    expect((await told).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await inner.count()).toBe(2);
  });

  it('takes no more while too many wait, and says when to come again; taken ones make room', async () => {
    const { inbox, inner, pass } = anInbox({ waiting: 2, inHand: 10 });
    await inner.add([aReading('1'), aReading('2')]);
    const refusal = { code: 'USAGE_INBOX_FULL', kind: 'Transient', retryAfterMs: 30_000 };
    await expect(inbox.add([aReading('3')])).rejects.toMatchObject(refusal);
    await inner.taken([aReading('1')]);
    await pass(5_000);
    const told = inbox.add([aReading('3')]);
    await pass();
    expect(await told).toEqual(['new']);
  });

  it('takes no more in hand than it may, and goes on once those are stored', async () => {
    const { inbox, pass } = anInbox({ waiting: 100, inHand: 2 });
    const first = inbox.add([aReading('1'), aReading('2')]);
    await Promise.resolve();
    await Promise.resolve();
    await expect(inbox.add([aReading('3')])).rejects.toMatchObject({ code: 'USAGE_INBOX_FULL' });
    await pass();
    await first;
    const again = inbox.add([aReading('3')]);
    await pass();
    expect(await again).toEqual(['new']);
  });

  it('splits what is too much for one transaction', async () => {
    const { inbox, groups, pass } = anInbox();
    const many = (from: number) => Array.from({ length: 3_000 }, (_, n) => aReading(`${from + n}`));
    const told = Promise.all([inbox.add(many(0)), inbox.add(many(3_000))]);
    await pass();
    await pass();
    expect((await told).map(({ length }) => length)).toEqual([3_000, 3_000]);
    expect(groups).toEqual([3_000, 3_000]);
  });
});
