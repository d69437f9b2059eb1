import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CHANNELS } from '../../src/domain/engagement/channel.js';
import type { Channel, EnrolmentRequest } from '../../src/ports/marketing.js';

/** A channel with the vendor behind it, opened anew for each test, and hands on the vendor's side. */
export interface ChannelBench {
  readonly channel: Channel;
  /** A target that is there before the first test, empty. */
  readonly target: string;
  /**
   * A target that is not there, and what `prepare` does about it. Null where targets need not exist:
   * then `exists` is true of any.
   */
  readonly absent: { readonly target: string; readonly prepare: 'makes' | 'throws' } | null;
  /** A request about somebody new each time, whom the vendor takes; build it with `anEnrolment`. */
  readonly somebody: () => Promise<EnrolmentRequest>;
  /** A request that the vendor refuses, alone among others; null where none can be made. */
  readonly refusable: (() => Promise<EnrolmentRequest>) | null;
  /** Carries the next enrolment out and loses the answer to it. */
  readonly loseNextAnswer: () => Promise<void>;
  /** False where `enrolled` asks nobody because the same key may be sent again safely. */
  readonly readsBack: boolean;
  /** How many the target holds now: asked of the vendor, not of the channel. */
  readonly held: (target: string) => Promise<number>;
  /** Requests that the channel has sent so far, log-ins and descriptions apart. */
  readonly calls: () => number;
  readonly close: () => Promise<void>;
}

/** A request with everything that no test of this suite asks about. */
export function anEnrolment(
  given: Partial<EnrolmentRequest> & Pick<EnrolmentRequest, 'key'>,
): EnrolmentRequest {
  return {
    account: '001000000000001AAA',
    contactId: '003000000000001AAA',
    person: `p:${given.key}`,
    recordId: '',
    senderEmail: 'ines.moreau@northwind.example',
    since: 20_522,
    task: null,
    facts: {},
    ...given,
  };
}

/** What every channel promises, whoever is behind it. */
export function describeChannel(name: string, open: () => Promise<ChannelBench>): void {
  describe(`${name} as a channel`, () => {
    let bench: ChannelBench;
    beforeEach(async () => {
      bench = await open();
      await bench.channel.prepare(bench.target);
    });
    afterEach(() => bench.close());

    targetPromises(() => bench);
    enrolmentPromises(() => bench);
    readBackPromises(() => bench);
    leavePromises(() => bench);
    costPromises(() => bench);
  });
}

type TheBench = () => ChannelBench;

async function several(bench: ChannelBench, count: number): Promise<readonly EnrolmentRequest[]> {
  const requests: EnrolmentRequest[] = [];
  for (let nth = 0; nth < count; nth += 1) requests.push(await bench.somebody());
  return requests;
}

/** What became of each key; a key that was told twice, or never, shows. */
async function outcomesOf(
  bench: ChannelBench,
  requests: readonly EnrolmentRequest[],
): Promise<Readonly<Record<string, string>>> {
  const outcomes = await bench.channel.enrol(bench.target, requests);
  expect(outcomes.map(({ key }) => key).toSorted()).toEqual(requests.map(({ key }) => key).toSorted());
  return Object.fromEntries(outcomes.map(({ key, outcome }) => [key, outcome]));
}

const allBeing = (requests: readonly EnrolmentRequest[], outcome: string) =>
  Object.fromEntries(requests.map(({ key }) => [key, outcome]));

function targetPromises(bench: TheBench): void {
  it('knows its target, and lets it be prepared again', async () => {
    const { channel, target } = bench();
    await channel.prepare(target);
    expect(await channel.exists(target)).toBe(true);
  });

  it('makes an unknown target, or says what to do about it, or needs none', async () => {
    const { channel, absent } = bench();
    if (absent === null) {
      expect(await channel.exists('Never heard of')).toBe(true);
      return;
    }
    expect(await channel.exists(absent.target)).toBe(false);
    if (absent.prepare === 'throws') {
      await expect(channel.prepare(absent.target)).rejects.toMatchObject({
        kind: 'Config',
        message: expect.stringContaining(absent.target),
        actions: expect.arrayContaining([expect.stringMatching(/\w/)]),
      });
    } else {
      await channel.prepare(absent.target);
      expect(await channel.exists(absent.target)).toBe(true);
    }
  });

  it('says how often its target touches people, and what room a sender has, or that it can`t tell', async () => {
    const { channel, target } = bench();
    const touches = await channel.touches(target);
    expect(touches === null || (touches.count >= 0 && touches.days >= 1)).toBe(true);
    const { senderEmail } = await bench().somebody();
    const room = await channel.room(senderEmail);
    expect(room === null || room >= 0).toBe(true);
  });
}

function enrolmentPromises(bench: TheBench): void {
  it('enrols each, and tells each by its key', async () => {
    const requests = await several(bench(), 3);
    expect(await outcomesOf(bench(), requests)).toEqual(allBeing(requests, 'enrolled'));
    expect(await bench().held(bench().target)).toBe(3);
  });

  it('refuses one without letting the others down', async () => {
    const { refusable, channel, target } = bench();
    if (refusable === null) return;
    const [first, last] = await several(bench(), 2);
    const refused = await refusable();
    if (first === undefined || last === undefined) throw new Error('no requests');
    const outcomes = await channel.enrol(target, [first, refused, last]);
    const of = (key: string) => outcomes.find((one) => one.key === key);
    expect([of(first.key)?.outcome, of(last.key)?.outcome]).toEqual(['enrolled', 'enrolled']);
    expect(of(refused.key)).toMatchObject({
      outcome: 'refused',
      refusal: { code: expect.stringMatching(/\w/), advice: expect.stringMatching(/\w/) },
    });
    expect(await bench().held(target)).toBe(2);
  });

  it('enrols nobody twice', async () => {
    const [known, ...others] = await several(bench(), 3);
    if (known === undefined) throw new Error('no request');
    await bench().channel.enrol(bench().target, [known]);
    expect(await outcomesOf(bench(), [...others, known])).toEqual({
      ...allBeing(others, 'enrolled'),
      [known.key]: 'already',
    });
    expect(await bench().held(bench().target)).toBe(3);
  });
}

function readBackPromises(bench: TheBench): void {
  it('finds who is in it, with the id of what was made, and nobody else', async () => {
    const { channel, target, readsBack } = bench();
    const [inside, outside] = await several(bench(), 2);
    if (inside === undefined || outside === undefined) throw new Error('no requests');
    const [outcome] = await channel.enrol(target, [inside]);
    const found = await channel.enrolled(target, [inside, outside]);
    const made = outcome?.outcome === 'enrolled' ? (outcome.made ?? '') : 'nothing';
    expect(found).toEqual(readsBack ? new Map([[inside.key, made]]) : new Map());
  });

  it('calls it unclear when the answer was lost, and a repeat enrols nobody a second time', async () => {
    const { channel, target, readsBack } = bench();
    const [request] = await several(bench(), 1);
    if (request === undefined) throw new Error('no request');
    await bench().loseNextAnswer();
    expect(await outcomesOf(bench(), [request])).toEqual({ [request.key]: 'unclear' });
    expect(await bench().held(target)).toBe(1);
    expect((await channel.enrolled(target, [request])).has(request.key)).toBe(readsBack);
    expect(await outcomesOf(bench(), [request])).toEqual({ [request.key]: 'already' });
    expect(await bench().held(target)).toBe(1);
  });
}

function leavePromises(bench: TheBench): void {
  it('takes people out, once, or says that it cannot', async () => {
    const { channel, target } = bench();
    const [gone, kept, stranger] = await several(bench(), 3);
    if (gone === undefined || kept === undefined || stranger === undefined) throw new Error('no requests');
    await channel.enrol(target, [gone, kept]);
    const leavable = CHANNELS[channel.id].leavable;
    const leave = async () => {
      const outcomes = await channel.leave(target, [gone, stranger]);
      return new Map(outcomes.map(({ key, outcome }) => [key, outcome]));
    };
    const told = (first: string, second: string) =>
      new Map([
        [gone.key, leavable ? first : 'cannot'],
        [stranger.key, leavable ? second : 'cannot'],
      ]);
    expect(await leave()).toEqual(told('left', 'absent'));
    expect(await bench().held(target)).toBe(leavable ? 1 : 2);
    expect(await leave()).toEqual(told('absent', 'absent'));
    expect(await bench().held(target)).toBe(leavable ? 1 : 2);
  });
}

function costPromises(bench: TheBench): void {
  it('costs what it forecasts', async () => {
    const { channel, target, calls } = bench();
    const [first, ...requests] = await several(bench(), 4);
    await channel.enrol(target, first === undefined ? [] : [first]);
    const before = calls();
    await channel.enrol(target, requests);
    expect(calls() - before).toBe(channel.forecastCalls(requests.length));
  });

  it('costs nothing for nobody', async () => {
    const { channel, target, calls } = bench();
    const before = calls();
    expect(await channel.enrol(target, [])).toEqual([]);
    expect(await channel.enrolled(target, [])).toEqual(new Map());
    expect(await channel.leave(target, [])).toEqual([]);
    expect(calls() - before).toBe(0);
    expect(channel.forecastCalls(0)).toBe(0);
  });
}
