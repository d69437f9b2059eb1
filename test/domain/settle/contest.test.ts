import { describe, expect, it } from '@jest/globals';
import {
  contestedIn,
  EVERYWHERE,
  forgiven,
  isContested,
  NO_QUARRELS,
  type Quarrels,
  type Rewrite,
  rewritesOf,
  withAnswer,
  withoutSettled,
  withRewrites,
} from '../../../src/domain/settle/contest.js';

const TODAY = 20_000;
const rewrite = (over: Partial<Rewrite> = {}): Rewrite => ({
  record: 'A1',
  field: 'Score__c',
  wrote: 70,
  holds: 5,
  ...over,
});
const seen = (quarrels: Quarrels, ...rewrites: readonly Rewrite[]) => withRewrites(quarrels, rewrites, TODAY);
const answered = (quarrels: Quarrels, value = 70) => withAnswer(quarrels, 'A1', { Score__c: value });
const contested = (quarrels: Quarrels, value = 70, record = 'A1') =>
  isContested(quarrels, { record, field: 'Score__c', value });

const ONCE = seen(NO_QUARRELS, rewrite());
const TWICE = seen(answered(ONCE), rewrite());

describe('what others changed', () => {
  it.each([
    ['another number', 70, 71, true],
    ['another text', 'risk', 'watch', true],
    ['a text that was cut', 'a long reason', 'a long', true],
    ['an emptied field', 'risk', null, true],
    ['blanks around a text', 'risk', ' risk ', false],
    ['other line ends', 'a\nb', 'a\r\nb', false],
    ['a picklist’s own capitals', 'high-touch', 'High-Touch', false],
    ['an unticked box for no value', null, false, false],
    ['an empty text for no value', null, '', false],
  ] as const)('%s: %j read back as %j is told %s', (_, wrote, holds, told) => {
    const found = rewritesOf('A1', { known: { F: wrote }, holds: { F: holds }, fields: ['F'] });
    expect(found).toEqual(told ? [{ record: 'A1', field: 'F', wrote, holds }] : []);
  });

  it('is not what was never read or written before', () => {
    expect(rewritesOf('A1', { known: {}, holds: { F: 1 }, fields: ['F'] })).toEqual([]);
    expect(rewritesOf('A1', { known: { G: 1 }, holds: { G: 2 }, fields: ['F'] })).toEqual([]);
  });
});

describe('a contested field', () => {
  it('is one that was changed twice in a row, with our answer between', () => {
    expect(contested(ONCE)).toBe(false);
    expect(contested(answered(ONCE))).toBe(false);
    expect(contested(TWICE)).toBe(true);
    expect(contestedIn(TWICE)).toMatchObject([
      { field: 'Score__c', record: 'A1', times: 2, wrote: 70, holds: 5 },
    ]);
  });

  it('is not one that was changed twice before we answered', () => {
    expect(contested(seen(ONCE, rewrite({ wrote: 5, holds: 6 })))).toBe(false);
  });

  it('is that on its record only, and for that value only', () => {
    expect(contested(TWICE, 70, 'A2')).toBe(false);
    expect(contested(TWICE, 71)).toBe(false);
  });

  it('is contested again as soon as another value is changed, too', () => {
    const again = seen(answered(TWICE, 71), rewrite({ wrote: 71 }));
    expect(contested(again, 71)).toBe(true);
  });

  it('is forgiven after a week in which our answer stood, and not before', () => {
    const stood = answered(TWICE);
    expect(contestedIn(forgiven(stood, TODAY + 6))).toHaveLength(1);
    expect(forgiven(stood, TODAY + 7)).toEqual(NO_QUARRELS);
    expect(contestedIn(forgiven(TWICE, TODAY + 70))).toHaveLength(1);
  });

  it('is none when whoever changed it gives our value back, or we come to want theirs', () => {
    expect(seen(TWICE, rewrite({ wrote: 5, holds: 70 }))).toEqual(NO_QUARRELS);
    expect(withoutSettled(TWICE, 'A1', [])).toEqual(NO_QUARRELS);
    expect(withoutSettled(TWICE, 'A1', ['Score__c'])).toEqual(TWICE);
    expect(withoutSettled(TWICE, 'A2', [])).toEqual(TWICE);
  });
});

describe('a field that is changed all over the book', () => {
  const everywhere = Array.from({ length: EVERYWHERE }, (_, at) => rewrite({ record: `A${at}` }));

  it('is kept once, not by record, and contested for everybody', () => {
    const once = seen(NO_QUARRELS, ...everywhere);
    expect(once.records).toEqual({});
    expect(contested(once, 70, 'X')).toBe(false);
    const twice = seen(answered(once), ...everywhere);
    expect(contested(twice, 99, 'X')).toBe(true);
    expect(contestedIn(twice)).toMatchObject([{ field: 'Score__c', records: EVERYWHERE }]);
  });

  it('takes over what was known of single records', () => {
    const some = seen(TWICE, ...everywhere.slice(2));
    expect(some.fields).toEqual({});
    const all = seen(TWICE, ...everywhere);
    expect(all.records).toEqual({});
    expect(all.fields.Score__c?.times).toBe(2);
  });
});
