import { describe, expect, it } from '@jest/globals';
import type { EventKind } from '../../../src/ports/marketing.js';
import { allOf, aPerson, channelOf, type Engaged, type ToolTraits, toUpsert, type Work } from './bench.js';

const ADA = 'ada@example.org';

const TOLD: readonly (readonly [Engaged, EventKind])[] = [
  ['mailed', 'sent'],
  ['opened', 'opened'],
  ['clicked', 'clicked'],
  ['replied', 'replied'],
  ['bounced', 'bounced'],
  ['unsubscribed', 'unsubscribed'],
  ['meeting-booked', 'meeting-booked'],
];

/** What people did, read back. */
export function engagementContract(work: () => Work, traits: ToolTraits): void {
  const told = TOLD.filter(
    ([kind]) => (traits.mails || kind !== 'mailed') && (traits.tellsMeetings || kind !== 'meeting-booked'),
  );

  describe('engagement', () => {
    it('is nothing while nobody did anything', async () => {
      expect(await work().eventsOf([ADA, 'berta@example.org'])).toEqual([]);
    });

    it.each(told)('tells %s as %s, of the person and at the time', async (kind, event) => {
      const { engage, recordOf, eventsOf, passDays, now } = work();
      await engage(await recordOf(ADA), kind);
      const at = now();
      passDays(1);
      expect(await eventsOf([ADA, 'berta@example.org'])).toMatchObject([
        { person: `p:${ADA}`, kind: event, at, target: null },
      ]);
    });

    it('tells the same event under the same id, a later one under another', async () => {
      const { engage, recordOf, eventsOf, passDays } = work();
      await engage(await recordOf(ADA), 'opened');
      const first = await eventsOf([ADA]);
      expect(await eventsOf([ADA])).toEqual(first);
      passDays(1);
      await engage(await recordOf(ADA), 'opened');
      const later = await eventsOf([ADA], work().now());
      expect(later.map(({ kind }) => kind)).toEqual(['opened']);
      expect(later[0]?.id).not.toBe(first[0]?.id);
    });

    it('tells what happened at or after the time asked for', async () => {
      const { engage, recordOf, eventsOf, now } = work();
      await engage(await recordOf(ADA), 'clicked');
      expect(await eventsOf([ADA], now())).toHaveLength(1);
      expect(await eventsOf([ADA], now() + 1)).toEqual([]);
    });

    it.each(['unsubscribed', 'bounced'] as const)(
      'dates %s when it came to be, whatever is written later',
      async (kind) => {
        const { tool, engage, install, recordOf, eventsOf, passDays, now } = work();
        await install();
        const recordId = await recordOf(ADA);
        await engage(recordId, kind);
        const [before] = await eventsOf([ADA]);
        const at = now();
        passDays(3);
        await tool.upsert([toUpsert(aPerson(ADA), { recordId, properties: { health_band: 'risk' } })]);
        expect(before).toMatchObject({ kind, at });
        expect(await eventsOf([ADA])).toEqual([before]);
        expect(await eventsOf([ADA], at + 1)).toEqual([]);
      },
    );

    it('is what consent says from then on, where it speaks against mailing', async () => {
      const { tool, engage, recordOf } = work();
      await engage(await recordOf(ADA), 'unsubscribed');
      await engage(await recordOf('berta@example.org'), 'bounced');
      const readings = await tool.consent([ADA, 'berta@example.org'].map((email) => aPerson(email)));
      expect(readings.map(({ optedOut, bounced }) => [optedOut, bounced])).toEqual([
        [true, false],
        [false, true],
      ]);
    });

    it('passes over who is not there any more', async () => {
      const { tool, engage, recordOf } = work();
      await engage(await recordOf(ADA), 'opened');
      const people = [
        { person: 'p:gone', recordId: '999' },
        { person: 'p:ada', recordId: await recordOf(ADA) },
      ];
      const events = await allOf(tool.engagement({ people, since: 0 }));
      expect(events.map(({ person }) => person)).toEqual(['p:ada']);
    });

    it('tells a reply to a sequence as one, and that the sequence is over', async () => {
      const { tool, engage, requestFor, eventsOf } = work();
      const ada = await requestFor(ADA);
      await channelOf(tool, traits.sequence).enrol('Getting started', [ada]);
      await engage(ada.recordId, 'replied');
      const events = await eventsOf([ADA]);
      expect(events.map(({ kind, channel }) => [kind, channel]).toSorted()).toEqual([
        ['finished', traits.sequence],
        ['replied', traits.sequence],
      ]);
      expect(await tool.consent([aPerson(ADA)])).toMatchObject([{ inSequence: false }]);
    });
  });
}
