import { afterEach, describe, expect, it } from '@jest/globals';
import { answersFor, CASES, FULL, HISTORY } from '../../../support/page/cases.mjs';
import { clear, show } from '../../../support/page/shown.mjs';

afterEach(clear);

describe('the health of an account on its page', () => {
  it('says that it is reading until the wire answers', async () => {
    const page = await show(CASES.loading);
    expect(page.texts('[role=status]')).toEqual(['Reading the health of this account']);
    expect(page.all('.score')).toEqual([]);
  });

  it('says who can open it where the reader sees none of its fields', async () => {
    const page = await show(CASES.withheld);
    expect(page.text()).toContain('You can’t see the health of this account');
    expect(page.text()).toContain('Your admin can give you the permission set');
    expect(page.all('.score, [role=status], [role=alert]')).toEqual([]);
  });

  it.each([403, 404])('says the same where the platform withholds the record with %i', async (status) => {
    const page = await show(() => ({ error: { status, body: { message: 'no access' } } }));
    expect(page.texts('.noteTitle')).toEqual(['You can’t see the health of this account']);
  });

  it('hands on what the platform says of an error', async () => {
    const page = await show(CASES.failed);
    expect(page.texts('[role=alert] .said')).toEqual(['An unexpected error occurred. Error ID: 1-2']);
  });

  it('says that an account is not assessed yet', async () => {
    const page = await show(CASES.unassessed);
    expect(page.texts('.noteTitle')).toEqual(['Not assessed yet']);
    expect(page.all('.score')).toEqual([]);
  });

  it('names what is missing where too little is known, and claims nothing else', async () => {
    const page = await show(CASES.unknown);
    expect(page.texts('.number')).toEqual(['No score']);
    expect(page.texts('.badge')).toEqual(['Unknown']);
    expect(page.texts('.note')).toEqual([
      'Too little is known for a scoreMissing: licence use, NPS, last two-way touch',
    ]);
    expect(page.all('.lost, .dimensions')).toEqual([]);
    expect(page.texts('.tier')[0]).toContain('Digital since 1 Feb 2026');
  });

  it('shows only the parts whose fields the reader sees', async () => {
    const page = await show(CASES.partly);
    expect(page.texts('.number')).toEqual(['58of 100']);
    expect(page.texts('.badge')).toEqual(['Watch']);
    expect(page.all('.lost, .dimensions, .tier, .playbooks, .known')).toEqual([]);
  });
});

describe('the score', () => {
  it('stands with its band as a word and a shape, its trend and its days', async () => {
    const page = await show(CASES.full);
    expect(page.texts('.number')).toEqual(['58of 100']);
    expect(page.texts('.badge')).toEqual(['At risk']);
    expect(page.all('.badge .shape path')).toHaveLength(1);
    expect(page.texts('.trend')).toEqual(['Going down over 28 days']);
    expect(page.texts('.days li')).toEqual(['Changed on 12 Nov 2026', 'At risk since 18 Nov 2026']);
    expect(page.texts('.known')).toEqual(['86 % of the model is known']);
  });

  it.each([
    ['healthy', 'Healthy'],
    ['watch', 'Watch'],
    ['risk', 'At risk'],
    ['thriving', 'Thriving'],
  ])('of band %s is called %s', async (band, word) => {
    const page = await show(answersFor({ ...FULL, band }));
    expect(page.texts('.badge')).toEqual([word]);
  });

  it('gives each band a shape of its own', async () => {
    const shapes = [];
    for (const band of ['healthy', 'watch', 'risk', 'unknown']) {
      const page = await show(answersFor({ ...FULL, band }));
      shapes.push(page.all('.badge .shape path')[0].getAttribute('d'));
    }
    expect(new Set(shapes).size).toBe(4);
  });

  it('tells of the pulse who, why and until when, and what the model says', async () => {
    const page = await show(CASES.full);
    expect(page.texts('.pulse')).toEqual([
      'Pulse: At riskOur champion leaves at the end of the year and nobody has been named.Ana Ruiz, holds until 31 Jan 2027',
    ]);
    expect(page.texts('.score > .quiet')).toEqual(['Set by a person’s pulse. The model says: watch.']);
  });

  it('of 0 is a score, not an empty field', async () => {
    const page = await show(answersFor({ ...FULL, score: 0 }));
    expect(page.texts('.number')).toEqual(['0of 100']);
  });

  it('warns in words of a green outside with a red inside', async () => {
    expect((await show(CASES.healthy)).texts('.warn .noteTitle')).toEqual(['Green outside, red inside']);
    expect((await show(CASES.full)).all('.warn')).toEqual([]);
  });
});

describe('the reasons', () => {
  it('are the first five drivers, and all of them when asked for', async () => {
    const page = await show(CASES.full);
    expect(page.texts('.points').slice(0, 5)).toEqual(['−16', '−11', '−6', '−4', '−3']);
    expect(page.all('.driver')).toHaveLength(5);
    expect(page.all('.toggle')[0].getAttribute('aria-expanded')).toBe('false');
    await page.click('.toggle');
    expect(page.all('.driver')).toHaveLength(7);
    expect(page.texts('.toggle')).toEqual(['Show fewer']);
    expect(page.all('.toggle')[0].getAttribute('aria-expanded')).toBe('true');
    await page.click('.toggle');
    expect(page.all('.driver')).toHaveLength(5);
  });

  it('are spoken as points lost, subject first', async () => {
    const page = await show(CASES.full);
    expect(page.texts('.reason')[0]).toBe(
      '16 points lost.Support2 critical cases open, oldest since 12 Nov 2026',
    );
  });

  it('come from the short text where the long one may not be seen', async () => {
    const page = await show(answersFor({ ...FULL, driversDetail: undefined }));
    expect(page.texts('.driver .subject')).toEqual(['Support', 'Adoption']);
    expect(page.all('.more summary').map(({ textContent }) => textContent)).toEqual([]);
  });

  it('tell what else holds, and what the last change was made of', async () => {
    const page = await show(CASES.full);
    expect(page.texts('.holding')).toEqual(['Also holding: A payment is more than 60 days overdue']);
    expect(page.texts('.lost summary')).toEqual(['Last change: 67 to 58']);
    expect(page.texts('.changes li')).toEqual(['−8Critical cases open', '−3Licence use', '+2Key actions']);
  });

  it('say so where no points are lost', async () => {
    expect((await show(CASES.healthy)).texts('.lost p')).toEqual(['Nothing: no points are lost.']);
  });

  it('show each dimension with its number, and say which have none', async () => {
    const page = await show(CASES.full);
    expect(page.texts('.bar')).toEqual([
      'Adoption69',
      'Engagement70',
      'Support15',
      'Commercial80',
      'Sentiment60',
    ]);
    expect(page.texts('.others')).toEqual(['Not scored: Relationship']);
    expect(page.all('.bar .fill')[0].getAttribute('style')).toMatch(/inline-size: ?69%/);
  });
});

describe('how the account is served', () => {
  it('is its tier, since when and why, and the move that waits', async () => {
    const page = await show(CASES.full);
    expect(page.texts('.tier')).toEqual([
      'Touch tierHybrid since 2 Mar 2026ARR 82,000 is at least 25,000Waits to move to high-touch',
    ]);
    expect((await show(CASES.healthy)).all('.waiting')).toEqual([]);
  });

  it('is the playbooks that run, or none', async () => {
    const page = await show(CASES.full);
    expect(page.texts('.pill')).toEqual(['Support surge', 'Sponsor change']);
    expect(page.texts('.playbooks .quiet')).toEqual(['Last enrolment on 13 Nov 2026']);
    expect((await show(CASES.healthy)).texts('.playbooks .quiet')).toEqual(['None at the moment.']);
  });
});

describe('the history', () => {
  it('is a chart with a sentence, and the same as a table, newest first', async () => {
    const page = await show(CASES.full);
    expect(page.all('.mark')).toHaveLength(HISTORY.length + 4);
    expect(page.all('.plot')[0].getAttribute('aria-label')).toBe(
      '9 snapshots: score 74 (Healthy) on 1 Jan 2026, score 58 (At risk) on 18 Nov 2026',
    );
    expect(page.texts('tbody tr')).toHaveLength(HISTORY.length);
    expect(page.texts('tbody tr')[0]).toBe('18 Nov 202658At risk');
    expect(page.texts('tbody tr')[5]).toBe('14 May 2026No scoreUnknown');
    expect(page.texts('.legend li')).toEqual(['Healthy', 'Unknown', 'Watch', 'At risk']);
  });

  it('breaks its line where there was no score', async () => {
    const page = await show(CASES.full);
    expect(page.all('.line')[0].getAttribute('d').match(/M/g)).toHaveLength(2);
  });

  it('of one snapshot is a sentence, of none a promise', async () => {
    expect((await show(CASES.healthy)).texts('.history > .quiet')).toEqual([
      'One snapshot so far: score 74 (Healthy) on 1 Jan 2026.',
    ]);
    expect((await show(answersFor(FULL, []))).texts('.history > .quiet')).toEqual([
      'The history begins with the first change of band or tier.',
    ]);
  });

  it('that can’t be read leaves the rest as it is', async () => {
    const rest = answersFor(FULL);
    const page = await show((name, config) =>
      name === 'getRecord' ? rest(name, config) : { error: { status: 404, body: { message: 'no list' } } },
    );
    expect(page.texts('.history > .quiet')[0]).toContain('can’t be read');
    expect(page.texts('.number')).toEqual(['58of 100']);
  });
});
