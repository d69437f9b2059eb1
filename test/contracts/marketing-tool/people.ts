import { beforeEach, describe, expect, it } from '@jest/globals';
import { aPerson, CARRIED, STAMP_PROPERTY, type ToolTraits, toUpsert, type Work } from './bench.js';

/** Properties, consent and upsert. */
export function peopleContract(work: () => Work, traits: ToolTraits): void {
  describe('properties', () => {
    it('are missing until they are made, and making them twice does no harm', async () => {
      const { tool, install } = work();
      expect(await tool.missingProperties([STAMP_PROPERTY, CARRIED])).toEqual([STAMP_PROPERTY, CARRIED]);
      await install();
      await install();
      expect(await tool.missingProperties([STAMP_PROPERTY, CARRIED])).toEqual([]);
    });
  });
  describe('consent', () => {
    consentContract(work);
    if (traits.matchesByStamp) stampContract(work);
  });
  describe('what the tool says about marketing mail', () => mailContract(work, traits));
  describe('upsert', () => upsertContract(work));
}

function consentContract(work: () => Work): void {
  it('finds nothing against a person whom the tool does not know', async () => {
    expect(await work().tool.consent([aPerson('nobody@example.org')])).toMatchObject([
      {
        recordId: null,
        optedOut: false,
        bounced: false,
        inSequence: false,
        marketable: null,
        lastMailedAt: null,
        ambiguous: false,
      },
    ]);
  });

  it('is read for each person, by the primary or a secondary address in any case', async () => {
    const persons = ['Ada@Example.org', 'b.old@example.org', 'left@example.org', 'bounced@example.org'];
    const readings = await work().tool.consent(
      [...persons, 'busy@example.org'].map((email) => aPerson(email)),
    );
    expect(readings.map(({ optedOut, bounced, inSequence }) => [optedOut, bounced, inSequence])).toEqual([
      [false, false, false],
      [false, false, false],
      [true, false, false],
      [false, true, false],
      [false, false, true],
    ]);
    expect(readings.every((reading) => reading.recordId !== null)).toBe(true);
  });
}

function stampContract(work: () => Work): void {
  it('finds a stamped person again when the address has changed', async () => {
    const { tool, install } = work();
    await install();
    const person = aPerson('moved@example.org');
    const [made] = await tool.upsert([toUpsert(person)]);
    const [reading] = await tool.consent([{ ...person, email: 'elsewhere@example.org' }]);
    expect(made).toMatchObject({ ok: true, created: true });
    expect(reading?.recordId).toBe(made?.ok === true ? made.recordId : '');
  });

  it('finds a person whose contact was matched by its address, and stamped, when that has changed', async () => {
    const { tool, install, recordOf } = work();
    await install();
    const recordId = await recordOf('b.old@example.org');
    const person = aPerson('b.old@example.org');
    await tool.upsert([toUpsert(person, { recordId })]);
    const [again] = await tool.consent([{ ...person, email: 'unknown@example.org' }]);
    expect(again?.recordId).toBe(recordId);
  });

  it('calls it a question when the stamp means one contact and the address another', async () => {
    const { tool, install } = work();
    await install();
    await tool.upsert([toUpsert(aPerson('first@example.org', { contactId: '003X' }))]);
    const [reading] = await tool.consent([aPerson('left@example.org', { contactId: '003X' })]);
    expect(reading).toMatchObject({ ambiguous: true, recordId: null, optedOut: true });
  });
}

function mailContract(work: () => Work, { mails }: ToolTraits): void {
  it('is who may get it, where it says so', async () => {
    const persons = ['ada@example.org', 'berta@example.org', 'left@example.org'].map((email) =>
      aPerson(email),
    );
    const readings = await work().tool.consent(persons);
    expect(readings.map(({ marketable }) => marketable)).toEqual(
      mails ? [true, false, null] : [null, null, null],
    );
  });

  it('is when the last one was sent, whoever asked for it', async () => {
    const { tool, engage, recordOf, passDays, now } = work();
    const lastMailed = async (): Promise<unknown> =>
      (await tool.consent([aPerson('ada@example.org')]))[0]?.lastMailedAt;
    expect(await lastMailed()).toBeNull();
    await engage(await recordOf('ada@example.org'), 'mailed');
    passDays(2);
    await engage(await recordOf('ada@example.org'), 'mailed');
    const sentAt = now();
    passDays(1);
    expect(await lastMailed()).toBe(mails ? sentAt : null);
  });
}

function upsertContract(work: () => Work): void {
  beforeEach(() => work().install());

  it('makes an unknown person once, whoever asks again', async () => {
    const person = toUpsert(aPerson('new@example.org'));
    const [first] = await work().tool.upsert([person]);
    const [second] = await work().tool.upsert([person]);
    expect(first).toMatchObject({ ok: true, created: true });
    expect(second).toEqual({ ...first, created: false });
  });

  it('updates the contact that was matched by its address', async () => {
    const { tool, recordOf } = work();
    const recordId = await recordOf('b.old@example.org');
    expect(await tool.upsert([toUpsert(aPerson('b.old@example.org'), { recordId })])).toMatchObject([
      { ok: true, recordId, created: false },
    ]);
    expect(await recordOf('b.old@example.org')).toBe(recordId);
  });

  it('adopts a contact that carries the address although nobody had matched it', async () => {
    const { tool, recordOf } = work();
    const recordId = await recordOf('b.old@example.org');
    expect(await tool.upsert([toUpsert(aPerson('b.old@example.org'))])).toMatchObject([
      { ok: true, recordId, created: false },
    ]);
  });

  it('refuses a bad row alone, with code and advice but without the address', async () => {
    const outcomes = await work().tool.upsert(
      ['one@example.org', 'not an address', 'two@example.org'].map((email) => toUpsert(aPerson(email))),
    );
    expect(outcomes.map((outcome) => outcome.ok)).toEqual([true, false, true]);
    expect(outcomes[1]).toMatchObject({ refusal: { code: 'INVALID_EMAIL', fields: ['email'] } });
    expect(JSON.stringify(outcomes[1]?.ok === false && outcomes[1].refusal)).not.toContain('not an address');
  });
}
