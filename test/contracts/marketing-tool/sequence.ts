import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Channel, type EnrolmentRequest, SEQUENCE_REST_DAYS } from '../../../src/ports/marketing.js';
import { aPerson, channelOf, THE_SENDER, type ToolTraits, type Work } from './bench.js';

/** A sequence of mails that holds a person alone. */
export function sequenceContract(work: () => Work, traits: ToolTraits): void {
  const sequence = (): Channel => channelOf(work().tool, traits.sequence);
  describe('the sequence channel', () => {
    enrolContract(work, sequence, traits);
    describe('after somebody went through a sequence and left it', () => restContract(work, sequence));
    describe('before anybody is sent', () => planningContract(work, sequence, traits));
    leaveContract(work, sequence, traits);
  });
}

function enrolContract(work: () => Work, sequence: () => Channel, traits: ToolTraits): void {
  it('cannot make a sequence', async () => {
    expect(await sequence().exists('Getting started')).toBe(true);
    await sequence().prepare('Getting started');
    expect(await sequence().exists('No such sequence')).toBe(false);
    await expect(sequence().prepare('No such sequence')).rejects.toMatchObject({ kind: 'Config' });
  });

  it('enrols a person once, in one call and over several', async () => {
    const ada = await work().requestFor('ada@example.org');
    const outcomes = await sequence().enrol('Getting started', [ada, { ...ada, key: 'second' }]);
    expect(outcomes).toEqual([
      { key: ada.key, outcome: 'enrolled', made: traits.makesRecords ? expect.any(String) : null },
      { key: 'second', outcome: 'already', made: null },
    ]);
    expect(await sequence().enrol('Getting started', [ada])).toMatchObject([{ outcome: 'already' }]);
    const made = outcomes[0]?.outcome === 'enrolled' ? outcomes[0].made : null;
    expect(await sequence().enrolled('Getting started', [ada])).toEqual(new Map([[ada.key, made ?? '']]));
    expect(await sequence().enrolled('Support follow-up', [ada])).toEqual(new Map());
  });

  it('refuses, each with a code, who is in another sequence, opted out, bounced, or has an unknown sender', async () => {
    const { requestFor } = work();
    const requests = await Promise.all([
      requestFor('busy@example.org'),
      requestFor('left@example.org'),
      requestFor('bounced@example.org'),
      requestFor('ada@example.org', { senderEmail: 'stranger@northwind.example' }),
    ]);
    const outcomes = await sequence().enrol('Getting started', requests);
    expect(outcomes.map((one) => one.outcome === 'refused' && one.refusal.code)).toEqual([
      'ALREADY_ENROLLED',
      'UNSUBSCRIBED',
      'BOUNCED',
      traits.unknownSender,
    ]);
  });
}

function restContract(work: () => Work, sequence: () => Channel): void {
  let ada: EnrolmentRequest;
  beforeEach(async () => {
    ada = await work().requestFor('ada@example.org');
    await sequence().enrol('Getting started', [ada]);
    await work().leaveSequence(ada.recordId);
  });

  it('still finds them by reading back, in that sequence alone', async () => {
    expect(await work().tool.consent([aPerson('ada@example.org')])).toMatchObject([{ inSequence: false }]);
    const asked = [ada, await work().requestFor('berta@example.org')];
    expect([...(await sequence().enrolled('Getting started', asked)).keys()]).toEqual([ada.key]);
    expect(await sequence().enrolled('Support follow-up', asked)).toEqual(new Map());
  });

  it('does not send them the same again at once, but another', async () => {
    work().passDays(SEQUENCE_REST_DAYS - 1);
    expect(await sequence().enrol('Getting started', [ada])).toMatchObject([{ outcome: 'already' }]);
    expect(await sequence().enrol('Support follow-up', [ada])).toMatchObject([{ outcome: 'enrolled' }]);
  });

  it('may send them the same again after a month', async () => {
    work().passDays(SEQUENCE_REST_DAYS);
    expect(await sequence().enrol('Getting started', [ada])).toMatchObject([{ outcome: 'enrolled' }]);
  });
}

function planningContract(work: () => Work, sequence: () => Channel, traits: ToolTraits): void {
  it('tells what a sequence sends, and nothing of one that is not there', async () => {
    expect(await sequence().touches('Getting started')).toEqual(traits.touches);
    expect(await sequence().touches('No such sequence')).toBeNull();
  });

  it('tells how many the sender may still send today, which refusals do not use up', async () => {
    const { requestFor, passDays } = work();
    const room = (): Promise<number | null> => sequence().room(THE_SENDER);
    const before = await room();
    await sequence().enrol('Getting started', [await requestFor('left@example.org')]);
    expect(await room()).toBe(before);
    await sequence().enrol('Getting started', [await requestFor('ada@example.org')]);
    expect(await room()).toBe(traits.limitsSenders ? Number(before) - 1 : null);
    // A tool may count a day a few minutes too long.
    passDays(2);
    expect(await room()).toBe(before);
  });
}

function leaveContract(work: () => Work, sequence: () => Channel, { leavable }: ToolTraits): void {
  it(leavable ? 'lets people out' : 'cannot let anybody out', async () => {
    const ada = await work().requestFor('ada@example.org');
    const berta = await work().requestFor('berta@example.org');
    await sequence().enrol('Getting started', [ada]);
    const outcomes = await sequence().leave('Getting started', [ada, berta]);
    expect(outcomes).toEqual([
      { key: ada.key, outcome: leavable ? 'left' : 'cannot' },
      { key: berta.key, outcome: leavable ? 'absent' : 'cannot' },
    ]);
    const [reading] = await work().tool.consent([aPerson('ada@example.org')]);
    expect(reading?.inSequence).toBe(!leavable);
  });
}
