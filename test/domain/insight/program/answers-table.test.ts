import { describe, expect, it } from '@jest/globals';
import { answersTable } from '../../../../src/domain/insight/program/answers-table.js';
import { currentRecords } from '../../../../src/domain/insight/program/record-tables.js';
import { recordsOf, TODAY } from '../../program/metrics/builders.js';

const NOBODY = { people: null, opened: null, clicked: null, replied: null };

/** Forty people were written to; every fourth opened, one of them before anything was sent. */
function findIn(people: number) {
  const events = Array.from({ length: people }, (_, nth) => [
    { kind: 'sent', person: `p${nth}`, playbook: 'hello', on: TODAY - 10 },
    ...(nth % 4 === 0 ? [{ kind: 'opened', person: `p${nth}`, on: TODAY - (nth === 0 ? 20 : 5) }] : []),
  ]).flat();
  return currentRecords(recordsOf({ accounts: [{ events }] }), 'quarter', '2026-Q4');
}

describe('what people do with messages', () => {
  it('is told of playbooks, after they had written', () => {
    const table = answersTable(findIn(40), NOBODY);
    expect(table?.rows.map(({ label }) => label)).toEqual(['Playbooks']);
    expect(table?.rows[0]?.cells[0]).toMatchObject({ value: 22.5, n: 40, period: '2026-Q4' });
    expect(table?.rows[0]?.cells[1]).toMatchObject({ value: 0, n: 40 });
    expect(table?.remarks).toHaveLength(1);
  });

  it('has beneath it what general marketing gets, of as many people as it wrote to', () => {
    const said = { people: 12_000, opened: 0.2, clicked: 0.03, replied: 0.05 };
    const table = answersTable(findIn(40), said);
    expect(table?.rows[1]?.cells.map((cell) => [cell?.value, cell?.n])).toEqual([
      [20, 12_000],
      [3, 12_000],
      [5, 12_000],
    ]);
    expect(table?.remarks).toEqual([]);
  });

  it('tells no share of nobody knows how many, and nothing where nobody was written to', () => {
    const table = answersTable(findIn(40), { ...NOBODY, replied: 0.05 });
    expect(table?.rows).toHaveLength(1);
    expect(answersTable(findIn(0), { ...NOBODY, people: 5 })).toBeNull();
    expect(answersTable(findIn(29), NOBODY)?.rows[0]?.cells[0]).toMatchObject({ value: null, n: 29 });
  });
});
