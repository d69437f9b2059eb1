import { parentPort, workerData } from 'node:worker_threads';
import loading from 'ml-xgboost';

/** What the thread is given: rows whose unknown values were filled in. */
export interface Fit {
  readonly train: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly test: readonly (readonly number[])[];
  readonly seed: number;
}

/** Small trees, many of them, each from a part of rows and columns: as is usual for a few thousand rows. */
const PARAMETERS = {
  booster: 'gbtree',
  objective: 'binary:logistic',
  max_depth: 3,
  eta: 0.05,
  min_child_weight: 10,
  subsample: 0.8,
  colsample_bytree: 0.8,
  silent: 1,
  iterations: 200,
} as const;

const { train, labels, test, seed } = workerData as Fit;
const XGBoost = await loading;
const booster = new XGBoost({ ...PARAMETERS, seed });
booster.train(train, labels);
parentPort?.postMessage(booster.predict(test));
