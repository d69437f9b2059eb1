import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../src/config/load.js';
import {
  dueTasks,
  latestTime,
  nextDue,
  nextTime,
  type Slots,
  startingSlots,
} from '../../src/service/schedule.js';

const { schedule } = loadConfig('.').service;
const at = (text: string) => Date.parse(text);
const said = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString());
const BERLIN = 'Europe/Berlin';

/** Everything done up to an instant. */
function doneBy(now: number): Slots {
  return { ...startingSlots(now), incremental: now, readBack: now };
}

const dueIds = (last: Slots, now: string, zone = 'UTC') =>
  dueTasks(schedule, last, at(now), zone).map(({ id }) => id);

describe('a cron expression', () => {
  it('is read in the zone of the org', () => {
    expect(said(nextTime('0 7 * * *', BERLIN, at('2026-07-01T00:00:00Z')))).toBe('2026-07-01T05:00:00.000Z');
    expect(said(nextTime('0 7 * * *', BERLIN, at('2026-12-01T00:00:00Z')))).toBe('2026-12-01T06:00:00.000Z');
  });

  it('is read in UTC where the org has a zone that nobody knows', () => {
    expect(said(nextTime('0 7 * * *', 'Mars/Base', at('2026-07-01T00:00:00Z')))).toBe(
      '2026-07-01T07:00:00.000Z',
    );
  });

  it('counts the instant itself as reached, and a millisecond earlier not yet', () => {
    expect(said(latestTime('*/15 * * * *', 'UTC', at('2026-07-01T10:15:00Z')))).toBe(
      '2026-07-01T10:15:00.000Z',
    );
    expect(said(latestTime('*/15 * * * *', 'UTC', at('2026-07-01T10:14:59.999Z')))).toBe(
      '2026-07-01T10:00:00.000Z',
    );
  });

  it('comes once on the day on which its hour does not exist', () => {
    // In Berlin the clock goes from 02:00 to 03:00 on 29 March 2026.
    const first = nextTime('30 2 * * *', BERLIN, at('2026-03-28T12:00:00Z'));
    const second = nextTime('30 2 * * *', BERLIN, first ?? 0);
    expect([said(first), said(second)]).toEqual(['2026-03-29T01:00:00.000Z', '2026-03-30T00:30:00.000Z']);
  });

  it('comes once on the day on which its hour comes twice', () => {
    const first = nextTime('30 2 * * *', BERLIN, at('2026-10-24T12:00:00Z'));
    const second = nextTime('30 2 * * *', BERLIN, first ?? 0);
    expect([said(first), said(second)]).toEqual(['2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z']);
  });

  it('comes each quarter of an hour through both of them', () => {
    for (const day of ['2026-03-29', '2026-10-25']) {
      let time = at(`${day}T00:00:00Z`);
      for (let count = 0; count < 12; count++) {
        const next = nextTime('*/15 * * * *', BERLIN, time) ?? 0;
        expect(next - time).toBe(15 * 60_000);
        expect(latestTime('*/15 * * * *', BERLIN, next)).toBe(next);
        time = next;
      }
    }
  });
});

describe('what is due', () => {
  it('is nothing before the next slot', () => {
    expect(dueIds(doneBy(at('2026-07-01T10:00:00Z')), '2026-07-01T10:04:00Z')).toEqual([]);
  });

  it('is a first run at once when the service has never been there, what people did included, and nothing else', () => {
    const now = at('2026-07-01T10:04:00Z');
    expect(dueTasks(schedule, startingSlots(now), now, 'UTC').map(({ id }) => id)).toEqual([
      'incremental:2026-07-01T10:00:00.000Z',
      'readBack:2026-07-01T09:05:00.000Z',
    ]);
  });

  it('is each task once, however long the service was down', () => {
    const due = dueTasks(schedule, doneBy(at('2026-06-01T10:04:00Z')), at('2026-07-01T10:04:00Z'), 'UTC');
    expect(due.map(({ id }) => id)).toEqual([
      'full:2026-07-01T01:00:00.000Z',
      'reconciliation:2026-06-28T03:00:00.000Z',
      'readBack:2026-07-01T09:05:00.000Z',
      'metrics:2026-07-01T05:00:00.000Z',
      'digest:2026-07-01T07:00:00.000Z',
      'housekeeping:2026-07-01T03:30:00.000Z',
      'drift:2026-07-01T06:00:00.000Z',
    ]);
    const after: Slots = Object.assign({}, ...due.map(({ done }) => done));
    expect(dueIds(after, '2026-07-01T10:04:00Z')).toEqual([]);
  });

  it('leaves the incremental run to one that does more', () => {
    const last = doneBy(at('2026-07-01T00:59:00Z'));
    const [full] = dueTasks(schedule, last, at('2026-07-01T01:00:00Z'), 'UTC');
    expect(full?.done).toEqual({
      full: at('2026-07-01T01:00:00Z'),
      incremental: at('2026-07-01T01:00:00Z'),
    });
  });

  it('is never what is off', () => {
    const off = { ...schedule, incremental: null, full: null, reconciliation: null };
    const due = dueTasks(off, {}, at('2026-07-01T10:04:00Z'), 'UTC');
    expect(due.map(({ task }) => task)).toEqual(['readBack', 'metrics', 'digest', 'housekeeping', 'drift']);
    expect(said(nextDue(off, at('2026-07-01T10:04:00Z'), 'UTC'))).toBe('2026-07-01T10:05:00.000Z');
    const nothing = { ...off, readBack: null, metrics: null, digest: null, housekeeping: null, drift: null };
    expect(nextDue(nothing, at('2026-07-01T10:04:00Z'), 'UTC')).toBeNull();
  });
});
