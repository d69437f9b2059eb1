import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { aucOf } from '../../../src/domain/insight/auc.js';
import { brierOf, calibrationErrorOf, liftOfTenth } from '../../../src/domain/insight/metrics.js';

/** Scores with their metrics as scikit-learn computed them, read in place; they lie beside the project and are no part of it. */
const ORACLE = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data', 'raw', 'oracle');
const SETS = [
  ['telco', 'telco_scores.csv'],
  ['retail_2011-06-01_h90', 'retail_2011-06-01_h90_scores.csv'],
] as const;

interface Reference {
  readonly auc: number;
  readonly auc_exact?: number;
  readonly lift10: number;
  readonly brier?: number;
  readonly ece?: number;
}

const present = existsSync(ORACLE);
if (!present)
  process.stderr.write(`Notice: ${ORACLE} is absent; metrics are not compared with the reference.\n`);
const onData = present ? describe : describe.skip; // reason: the data is not shipped with the project

onData('metrics, compared with scikit-learn', () => {
  it.each(SETS)('agree on every column of %s', (set, file) => {
    const metrics = JSON.parse(readFileSync(join(ORACLE, 'metrics.json'), 'utf8')) as Record<
      string,
      Record<string, Reference>
    >;
    const [head = '', ...lines] = readFileSync(join(ORACLE, file), 'utf8').trim().split('\n');
    const columns = head.trim().split(',');
    const rows = lines.map((line) => line.trim().split(','));
    const at = (row: readonly string[], column: string) => Number(row[columns.indexOf(column)]);
    for (const [column, reference] of Object.entries(metrics[set] ?? {})) {
      const forecasts = rows.map((row) => ({ risk: at(row, column), event: at(row, 'y') === 1 }));
      const cases = forecasts.map(({ event }, index) => ({ event, cluster: String(index), fold: 0 }));
      const auc = aucOf(
        forecasts.map(({ risk }) => risk),
        cases,
      );
      expect(auc?.value).toBeCloseTo(reference.auc, 4);
      if (reference.auc_exact !== undefined) expect(auc?.value).toBeCloseTo(reference.auc_exact, 7);
      expect(liftOfTenth(forecasts)).toBeCloseTo(reference.lift10, 4);
      if (reference.brier !== undefined) expect(brierOf(forecasts)).toBeCloseTo(reference.brier, 4);
      if (reference.ece !== undefined) expect(calibrationErrorOf(forecasts)).toBeCloseTo(reference.ece, 4);
    }
  });
});
