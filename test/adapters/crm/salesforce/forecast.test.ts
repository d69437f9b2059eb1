import { describe, expect, it } from '@jest/globals';
import { forecastWrite } from '../../../../src/adapters/crm/salesforce/forecast.js';

describe('forecastWrite', () => {
  it.each([
    [0, 'none', 0],
    [1, 'collections', 1],
    [200, 'collections', 1],
    [201, 'collections', 2],
    [2000, 'collections', 10],
    [2001, 'bulk', 3],
    [100_000, 'bulk', 3],
    [100_001, 'bulk', 6],
  ])('%i rows', (rows, mode, calls) => {
    expect(forecastWrite(rows)).toMatchObject({ mode, calls, why: expect.stringMatching(/\.$/) });
  });
});
