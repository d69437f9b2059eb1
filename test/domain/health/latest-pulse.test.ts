import { describe, expect, it } from '@jest/globals';
import { dayOfZone } from '../../../src/domain/day.js';
import type { CrmRow, RecordValue } from '../../../src/domain/facts/record.js';
import { latestPulse } from '../../../src/domain/health/latest-pulse.js';

const UTC = dayOfZone('UTC');
const NOON = Date.parse('2026-11-20T12:00:00Z');
const TODAY = UTC(NOON);
const HOUR = 3_600_000;

function aRow(id: string, values: Readonly<Record<string, RecordValue>>): CrmRow {
  return { id, accountId: 'A', values: { value: 'Risk', setAt: NOON, ...values } };
}

const latest = (rows: readonly CrmRow[], dayOf = UTC) => latestPulse(rows, { today: TODAY, dayOf });

describe('the pulse that counts', () => {
  it('is the one that was made last, in whatever order they were read', () => {
    const rows = [
      aRow('1', { value: 'Watch', setAt: NOON - HOUR }),
      aRow('2', { value: 'Healthy' }),
      aRow('3', { setAt: NOON - 2 * HOUR }),
    ];
    expect(latest(rows)?.band).toBe('healthy');
    expect(latest(rows.toReversed())?.band).toBe('healthy');
  });

  it('of two of the same moment is the one with the later id', () => {
    const rows = [aRow('2', { value: 'Healthy' }), aRow('1', { value: 'Watch' })];
    expect(latest(rows)?.band).toBe('healthy');
    expect(latest(rows.toReversed())?.band).toBe('healthy');
  });

  it('does not bring an earlier one back when it has expired itself', () => {
    const rows = [aRow('1', { value: 'Watch', setAt: NOON - HOUR }), aRow('2', { expiresOn: TODAY - 1 })];
    expect(latest(rows)).toMatchObject({ band: 'risk', expiresOn: TODAY - 1 });
  });

  it('was set on the local day of its moment', () => {
    const late = aRow('1', { setAt: Date.parse('2026-11-19T23:30:00Z') });
    expect(latest([late])?.setOn).toBe(TODAY - 1);
    expect(latest([late], dayOfZone('Europe/Berlin'))?.setOn).toBe(TODAY);
  });

  it.each([
    ['one with another word', { value: 'Fantastic' }],
    ['one without a value', { value: null }],
    ['one without a moment', { setAt: null }],
    ['one of tomorrow', { setAt: NOON + 24 * HOUR }],
  ] as const)('is not %s', (_, values) => {
    expect(latest([aRow('1', values)])).toBeNull();
  });

  it('keeps its reason on one line, and knows of no empty one', () => {
    expect(latest([aRow('1', { reason: ' New sponsor.\r\n  Met him. ', by: 'Ann Lee' })])).toMatchObject({
      reason: 'New sponsor. Met him.',
      by: 'Ann Lee',
    });
    expect(latest([aRow('1', { reason: '  ' })])?.reason).toBeNull();
  });

  it('is none where nobody made one', () => {
    expect(latest([])).toBeNull();
    expect(latestPulse(undefined, { today: TODAY, dayOf: UTC })).toBeNull();
  });
});
