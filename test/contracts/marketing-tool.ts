import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type EnrolmentRequest,
  type MarketingTool,
  type PersonToMatch,
  type PersonToUpsert,
  type PropertyToCreate,
  SEQUENCE_REST_DAYS,
} from '../../src/ports/marketing.js';

/** What the tool must hold when a test begins. */
export interface StartingContact {
  readonly email: string;
  readonly secondaryEmails?: readonly string[];
  readonly optedOut?: boolean;
  readonly bounced?: boolean;
  readonly inSequence?: string;
}

export const SEQUENCES = ['Getting started', 'Support follow-up'] as const;
export const THE_SENDER = 'ines.moreau@northwind.example';
export const THE_STAMP = 'sf_contact_id';

const KNOWN: readonly StartingContact[] = [
  { email: 'ada@example.org' },
  { email: 'berta@example.org', secondaryEmails: ['b.old@example.org'] },
  { email: 'left@example.org', optedOut: true },
  { email: 'bounced@example.org', bounced: true },
  { email: 'busy@example.org', inSequence: 'Support follow-up' },
];

const STAMP_PROPERTY: PropertyToCreate = {
  object: 'contacts',
  name: THE_STAMP,
  label: 'Salesforce contact',
  type: 'string',
  unique: true,
};
const CARRIED: PropertyToCreate = {
  object: 'contacts',
  name: 'health_band',
  label: 'Health band',
  type: 'string',
  unique: false,
};

export interface MarketingBench {
  readonly tool: MarketingTool;
  readonly close: () => Promise<void>;
  /** The contact replies or reaches the end: it leaves its sequence. */
  readonly leaveSequence: (recordId: string) => Promise<void>;
  readonly passDays: (days: number) => void;
}

export function aPerson(email: string, more: Partial<PersonToMatch> = {}): PersonToMatch {
  return { person: `p:${email}`, contactId: `003:${email}`, email, ...more };
}

export function toUpsert(person: PersonToMatch, more: Partial<PersonToUpsert> = {}): PersonToUpsert {
  return { ...person, recordId: null, properties: { health_band: 'healthy' }, ...more };
}

/** Every marketing tool passes this: in memory and over HTTP alike. */
export function marketingToolContract(
  name: string,
  open: (contacts: readonly StartingContact[]) => Promise<MarketingBench>,
): void {
  describe(`${name} as a marketing tool`, () => {
    let bench: MarketingBench;
    let tool: MarketingTool;
    beforeEach(async () => {
      bench = await open(KNOWN);
      tool = bench.tool;
    });
    afterEach(() => bench.close());

    const recordOf = async (email: string): Promise<string> => {
      const [reading] = await tool.consent([aPerson(email)]);
      if (reading?.recordId == null) throw new Error('the contact is not known');
      return reading.recordId;
    };
    const install = (): Promise<void> => tool.createProperties([STAMP_PROPERTY, CARRIED]);
    const requestFor = async (
      email: string,
      more: Partial<EnrolmentRequest> = {},
    ): Promise<EnrolmentRequest> => ({
      person: `p:${email}`,
      recordId: await recordOf(email),
      senderEmail: THE_SENDER,
      ...more,
    });

    describe('properties', () => {
      it('are missing until they are made, and making them twice does no harm', async () => {
        expect(await tool.missingProperties([STAMP_PROPERTY, CARRIED])).toEqual([STAMP_PROPERTY, CARRIED]);
        await install();
        await install();
        expect(await tool.missingProperties([STAMP_PROPERTY, CARRIED])).toEqual([]);
      });
    });

    describe('consent', () => {
      it('finds nothing against a person whom the tool does not know', async () => {
        expect(await tool.consent([aPerson('nobody@example.org')])).toMatchObject([
          { recordId: null, optedOut: false, bounced: false, inSequence: false, ambiguous: false },
        ]);
      });

      it('is read for each person, by the primary or a secondary address in any case', async () => {
        const persons = ['Ada@Example.org', 'b.old@example.org', 'left@example.org', 'bounced@example.org'];
        const readings = await tool.consent([...persons, 'busy@example.org'].map((email) => aPerson(email)));
        expect(readings.map(({ optedOut, bounced, inSequence }) => [optedOut, bounced, inSequence])).toEqual([
          [false, false, false],
          [false, false, false],
          [true, false, false],
          [false, true, false],
          [false, false, true],
        ]);
        expect(readings.every((reading) => reading.recordId !== null)).toBe(true);
      });

      it('finds a stamped person again when the address has changed', async () => {
        await install();
        const person = aPerson('moved@example.org');
        const [made] = await tool.upsert([toUpsert(person)]);
        const [reading] = await tool.consent([{ ...person, email: 'elsewhere@example.org' }]);
        expect(made).toMatchObject({ ok: true, created: true });
        expect(reading?.recordId).toBe(made?.ok === true ? made.recordId : '');
      });

      it('calls it a question when the stamp means one contact and the address another', async () => {
        await install();
        await tool.upsert([toUpsert(aPerson('first@example.org', { contactId: '003X' }))]);
        const [reading] = await tool.consent([aPerson('left@example.org', { contactId: '003X' })]);
        expect(reading).toMatchObject({ ambiguous: true, recordId: null, optedOut: true });
      });
    });

    describe('upsert', () => {
      beforeEach(install);

      it('makes an unknown person once, whoever asks again', async () => {
        const person = toUpsert(aPerson('new@example.org'));
        const [first] = await tool.upsert([person]);
        const [second] = await tool.upsert([person]);
        expect(first).toMatchObject({ ok: true, created: true });
        expect(second).toEqual({ ...first, created: false });
      });

      it('stamps the contact that was matched by its address', async () => {
        const recordId = await recordOf('b.old@example.org');
        const person = aPerson('b.old@example.org');
        expect(await tool.upsert([toUpsert(person, { recordId })])).toMatchObject([
          { ok: true, recordId, created: false },
        ]);
        const [again] = await tool.consent([{ ...person, email: 'unknown@example.org' }]);
        expect(again?.recordId).toBe(recordId);
      });

      it('adopts a contact that carries the address although nobody had matched it', async () => {
        const recordId = await recordOf('b.old@example.org');
        expect(await tool.upsert([toUpsert(aPerson('b.old@example.org'))])).toMatchObject([
          { ok: true, recordId, created: false },
        ]);
      });

      it('refuses a bad row alone, with code and advice but without the address', async () => {
        const outcomes = await tool.upsert(
          ['one@example.org', 'not an address', 'two@example.org'].map((email) => toUpsert(aPerson(email))),
        );
        expect(outcomes.map((outcome) => outcome.ok)).toEqual([true, false, true]);
        expect(outcomes[1]).toMatchObject({ refusal: { code: 'INVALID_EMAIL', fields: ['email'] } });
        expect(JSON.stringify(outcomes[1]?.ok === false && outcomes[1].refusal)).not.toContain(
          'not an address',
        );
      });
    });

    describe('the list channel', () => {
      it('has a list once it is prepared, however often', async () => {
        expect(await tool.list.exists('Support surge')).toBe(false);
        await tool.list.prepare('Support surge');
        await tool.list.prepare('Support surge');
        expect(await tool.list.exists('Support surge')).toBe(true);
      });

      it('enrols who is not in it, says who was, and refuses a contact that does not exist', async () => {
        await tool.list.prepare('Support surge');
        const ada = await requestFor('ada@example.org');
        const berta = await requestFor('berta@example.org');
        expect(await tool.list.enrol('Support surge', [ada])).toEqual([
          { person: ada.person, outcome: 'enrolled' },
        ]);
        const outcomes = await tool.list.enrol('Support surge', [
          ada,
          berta,
          { ...berta, person: 'p:x', recordId: '999' },
        ]);
        expect(outcomes.map((one) => one.outcome)).toEqual(['already', 'enrolled', 'refused']);
      });

      it('reads back who is in it', async () => {
        await tool.list.prepare('Support surge');
        const ada = await requestFor('ada@example.org');
        const other = await recordOf('berta@example.org');
        await tool.list.enrol('Support surge', [ada]);
        expect(await tool.list.enrolled('Support surge', [ada.recordId, other])).toEqual(
          new Set([ada.recordId]),
        );
        expect(await tool.list.enrolled('No such list', [ada.recordId])).toEqual(new Set());
      });

      it('throws a config error for a list that does not exist', async () => {
        await expect(
          tool.list.enrol('No such list', [await requestFor('ada@example.org')]),
        ).rejects.toMatchObject({
          kind: 'Config',
        });
      });
    });

    describe('the sequence channel', () => {
      it('cannot make a sequence', async () => {
        expect(await tool.sequence.exists('Getting started')).toBe(true);
        await tool.sequence.prepare('Getting started');
        expect(await tool.sequence.exists('No such sequence')).toBe(false);
        await expect(tool.sequence.prepare('No such sequence')).rejects.toMatchObject({ kind: 'Config' });
      });

      it('enrols a person once, in one call and over several', async () => {
        const ada = await requestFor('ada@example.org');
        const outcomes = await tool.sequence.enrol('Getting started', [ada, ada]);
        expect(outcomes.map((one) => one.outcome)).toEqual(['enrolled', 'already']);
        expect(await tool.sequence.enrol('Getting started', [ada])).toMatchObject([{ outcome: 'already' }]);
        expect(await tool.sequence.enrolled('Getting started', [ada.recordId])).toEqual(
          new Set([ada.recordId]),
        );
        expect(await tool.sequence.enrolled('Support follow-up', [ada.recordId])).toEqual(new Set());
      });

      describe('after somebody went through a sequence and left it', () => {
        let ada: EnrolmentRequest;
        beforeEach(async () => {
          ada = await requestFor('ada@example.org');
          await tool.sequence.enrol('Getting started', [ada]);
          await bench.leaveSequence(ada.recordId);
        });

        it('still finds them by reading back, in that sequence alone', async () => {
          expect(await tool.consent([aPerson('ada@example.org')])).toMatchObject([{ inSequence: false }]);
          const asked = [ada.recordId, await recordOf('berta@example.org')];
          expect(await tool.sequence.enrolled('Getting started', asked)).toEqual(new Set([ada.recordId]));
          expect(await tool.sequence.enrolled('Support follow-up', asked)).toEqual(new Set());
        });

        it('does not send them the same again at once, but another', async () => {
          bench.passDays(SEQUENCE_REST_DAYS - 1);
          expect(await tool.sequence.enrol('Getting started', [ada])).toMatchObject([{ outcome: 'already' }]);
          expect(await tool.sequence.enrol('Support follow-up', [ada])).toMatchObject([
            { outcome: 'enrolled' },
          ]);
        });

        it('may send them the same again after a month', async () => {
          bench.passDays(SEQUENCE_REST_DAYS);
          expect(await tool.sequence.enrol('Getting started', [ada])).toMatchObject([
            { outcome: 'enrolled' },
          ]);
        });
      });

      it('refuses, each with a code, who is in another sequence, opted out, bounced, or has an unknown sender', async () => {
        const requests = await Promise.all([
          requestFor('busy@example.org'),
          requestFor('left@example.org'),
          requestFor('bounced@example.org'),
          requestFor('ada@example.org', { senderEmail: 'stranger@northwind.example' }),
        ]);
        const outcomes = await tool.sequence.enrol('Getting started', requests);
        expect(outcomes.map((one) => one.outcome === 'refused' && one.refusal.code)).toEqual([
          'ALREADY_ENROLLED',
          'UNSUBSCRIBED',
          'BOUNCED',
          'SENDER_UNKNOWN',
        ]);
      });
    });

    it('forecasts no calls for nobody', () => {
      expect([tool.list.forecastCalls(0), tool.sequence.forecastCalls(0)]).toEqual([0, 0]);
    });
  });
}
