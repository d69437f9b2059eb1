declare module 'ml-xgboost' {
  /** A booster of XGBoost (WebAssembly), with the parameters of its documentation. */
  class XGBoost {
    constructor(parameters: Readonly<Record<string, string | number>>);
    train(rows: readonly (readonly number[])[], labels: readonly number[]): void;
    predict(rows: readonly (readonly number[])[]): number[];
    free(): void;
  }
  const loading: Promise<typeof XGBoost>;
  export = loading;
}
