import { describe, expect, it } from '@jest/globals';
import { ATTRIBUTES } from '../../../src/domain/facts/attributes.js';
import { factBasis } from '../../../src/domain/facts/basis.js';
import { deriveFacts } from '../../../src/domain/facts/derive.js';
import type { CrmRow } from '../../../src/domain/facts/record.js';
import { at } from '../../support/playbooks/days.js';
import { aDiary } from '../../support/playbooks/diary.js';
import type { Side } from '../../support/playbooks/flips.js';
import { SHIPPED } from '../../support/playbooks/shipped.js';
import { loaded, SETTINGS } from '../../support/playbooks/shipped-settings.js';

const FIRST = Math.floor(at(0, 0) / 86_400_000);
const MAPPED = new Set(
  Object.entries(ATTRIBUTES).flatMap(([kind, names]) => Object.keys(names).map((name) => `${kind}.${name}`)),
);
const ACCOUNT: CrmRow = { id: '001A', accountId: '001A', values: { seats: 10, featuresEntitled: 4 } };
const WEEKS = Array.from({ length: 30 }, (_, index) => index - 29);

/** A customer who uses one feature of four, eight licences of ten, as much each week. */
function feed(last: number): readonly CrmRow[] {
  return WEEKS.map((week) => FIRST + 7 * week)
    .filter((day) => day <= FIRST + last)
    .map((on) => ({
      id: `use-${on}`,
      accountId: ACCOUNT.id,
      values: { on, feature: 'reports', count: 100, activeUsers: 8, keyActions: 10, errors: 0 },
    }));
}

interface Feed {
  /** Last day on which this customer worked. */
  readonly worked: number;
  /** Last day of which the feed tells at all. */
  readonly end: number;
}

function known(day: number, { worked, end }: Feed): Side {
  const basis = factBasis({
    today: FIRST + day,
    dayOf: (instant) => Math.floor(instant / 86_400_000),
    mapped: MAPPED,
    feeds: { usage: FIRST + end },
    rates: null,
    custom: [],
  });
  const facts = deriveFacts({ account: ACCOUNT, rows: { usage: feed(worked) } }, basis);
  const values = Object.entries(facts).map(([id, { value }]) => [id, value] as const);
  return {
    facts: { ...Object.fromEntries(values), 'journey.phase': 'ongoing', 'health.band': 'healthy' },
  };
}

function begunIn(id: string, days: number, sideOn: (day: number) => Side): readonly number[] {
  const diary = aDiary(loaded(id), SETTINGS);
  for (let day = -3; day < days; day += 1) diary.run(FIRST + day, sideOn(day));
  return diary.episodes().map(({ seenOn }) => seenOn - FIRST);
}

const READS_USAGE = SHIPPED.map(({ id }) => id).filter((id) =>
  loaded(id).trigger.when.facts.some((fact) => fact.startsWith('usage.')),
);

describe('a usage feed that has stopped', () => {
  it('is read by the playbooks that this is about', () => {
    expect(READS_USAGE).toEqual(
      expect.arrayContaining(['early-win', 'feature-gap', 'meeting-offer', 'upsell-signal', 'usage-drop']),
    );
  });

  it.each(READS_USAGE)('begins no %s on numbers that only grew old', (id) => {
    const begun = begunIn(id, 150, (day) => known(day, { worked: 0, end: 0 }));
    // The first of June is 21 days after the feed ended; the reports of July on would tell old numbers.
    expect(begun).toEqual(id === 'usage-report' ? [21] : []);
  });

  it('is not the same as a customer who has stopped: that one is written to', () => {
    const silent = (day: number): Side => known(day, { worked: 0, end: day });
    expect(begunIn('usage-drop', 20, silent)).toEqual([7]);
  });
});
