import { describe, expect, it } from '@jest/globals';
import { xgboost } from '../../../src/adapters/ensemble/xgboost/index.js';

const ROWS = 400;

/** 1 where exactly one of two numbers is above a half: no weighing of the two can tell that. */
function exclusive(unknownEvery: number) {
  const draw = (row: number, salt: number) => ((row * 7919 + salt * 104_729) % 1009) / 1009;
  const values = Float32Array.from({ length: ROWS * 2 }, (_, at) =>
    at % unknownEvery === 0 ? Number.NaN : draw(Math.floor(at / 2), at % 2),
  );
  const labels = Float32Array.from({ length: ROWS }, (_, row) =>
    Number(draw(row, 0) > 0.5 !== draw(row, 1) > 0.5),
  );
  const rows = [...Array(ROWS).keys()];
  return {
    values,
    columns: 2,
    labels,
    train: rows.filter((row) => row % 4 !== 0),
    test: rows.filter((row) => row % 4 === 0),
    seed: 1,
  };
}

describe('gradient-boosted trees', () => {
  it('tell what no weighted mean can, on rows that they have not seen', async () => {
    const question = exclusive(Infinity);
    const chances = await xgboost().predict(question);
    const right = question.test.filter(
      (row, at) => (chances[at] ?? 0) > 0.5 === (question.labels[row] === 1),
    ).length;
    expect(chances).toHaveLength(question.test.length);
    expect(right / question.test.length).toBeGreaterThan(0.85);
  });

  it('take unknown values, and give the same answer to the same question', async () => {
    const question = exclusive(7);
    const first = await xgboost().predict(question);
    expect(await xgboost().predict(question)).toEqual(first);
    expect(first.every((chance) => chance >= 0 && chance <= 1)).toBe(true);
  });

  it.each([
    [24, 3],
    [24, 6],
    [48, 4],
  ])('split %d rows of which every %d-th was lost, where one number tells them apart', async (size, nth) => {
    const rows = [...Array(size).keys()];
    const labels = Float32Array.from(rows, (row) => Number(row % nth === 0));
    const values = Float32Array.from(rows, (row) => (labels[row] ?? 0) * 100 + (row % 7));
    const question = { values, columns: 1, labels, train: rows, test: rows, seed: 1 };
    const chances = await xgboost().predict(question);
    const of = (lost: number) => chances.filter((_, row) => labels[row] === lost);
    expect(Math.min(...of(1))).toBeGreaterThan(Math.max(...of(0)));
  });
});
