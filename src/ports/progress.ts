/** What a person watches while a long work goes on: bars in a terminal, lines elsewhere, nothing in tests. */
export interface Progress {
  /** Starts a stage; `total` null when nobody knows how much there is. */
  readonly stage: (name: string, total: number | null) => void;
  readonly advance: (by: number) => void;
  /** Ends the stage with a line that stays. */
  readonly done: (summary: string) => void;
}

/** Nobody watches. */
export const NO_PROGRESS: Progress = { stage: () => {}, advance: () => {}, done: () => {} };
