import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { IntegrationError } from '../../../ports/errors.js';
import type { EnsembleQuestion, TreeEnsemble } from '../../../ports/tree-ensemble.js';
import type { Fit } from './fit.js';

/** The binding hands the whole table over on its stack, which has five million bytes. */
const MOST_BYTES = 2_000_000;

/** Gradient-boosted trees by XGBoost, each fit in a thread of its own. Of many rows every so many-th is fitted. */
export function xgboost(): TreeEnsemble {
  return { predict: (question) => fitted(fitOf(question)) };
}

function fitOf({ values, columns, labels, train, test, seed }: EnsembleQuestion): Fit {
  const rows = (wanted: readonly number[]) =>
    wanted.map((row) => Array.from(values.subarray(row * columns, (row + 1) * columns), filled));
  const step = Math.max(1, Math.ceil((train.length * columns * 4) / MOST_BYTES));
  const used = train.filter((_, at) => at % step === 0);
  return { train: rows(used), labels: used.map((row) => labels[row] ?? 0), test: rows(test), seed };
}

/** The binding takes no NaN: what is unknown lies far from all that is known, where a tree can cut it off. */
const UNKNOWN = -1e9;

function filled(value: number): number {
  return Number.isNaN(value) ? UNKNOWN : value;
}

/** In a thread, because the library writes to the error output while it loads and listens for errors of the whole process. */
function fitted(fit: Fit): Promise<readonly number[]> {
  const here = import.meta.url;
  const thread = new Worker(new URL(`./fit${extname(here)}`, here), {
    workerData: fit,
    stdout: true,
    stderr: true,
  });
  return new Promise((resolve, reject) => {
    thread.once('message', (chances: readonly number[]) => {
      resolve(chances);
      void thread.terminate();
    });
    thread.once('error', (error) => reject(fitFailed(error.message)));
    thread.once('exit', (code) => reject(fitFailed(`the thread ended with ${code}`)));
  });
}

function fitFailed(reason: string): IntegrationError {
  return new IntegrationError({
    kind: 'UnexpectedResponse',
    code: 'ENSEMBLE_FAILED',
    message: `The ceiling could not be fitted: ${reason}`,
    actions: ['Run `truenorth suggest weights`: what other weights would gain is told without the ceiling.'],
    retryable: false,
    provider: 'xgboost',
    operation: 'fit the ceiling',
  });
}
