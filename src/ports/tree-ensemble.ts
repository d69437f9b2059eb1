/** A fitted model that knows no shape in advance: what can be had from the facts at most. */
export interface TreeEnsemble {
  /**
   * Fits the rows that `train` names and gives the probability (0-1) of 1 for each row that `test` names, in its
   * order. NaN = unknown. The same question has the same answer. Throws IntegrationError where the library fails.
   */
  readonly predict: (question: EnsembleQuestion) => Promise<readonly number[]>;
}

export interface EnsembleQuestion {
  /** Row by row, each of `columns` numbers. */
  readonly values: Float32Array;
  readonly columns: number;
  /** 0 or 1 for each row. */
  readonly labels: Float32Array;
  /** Numbers of rows. */
  readonly train: readonly number[];
  readonly test: readonly number[];
  readonly seed: number;
}
