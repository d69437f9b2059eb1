/** Numbers the plan's items in the order in which they are carried out. */
export interface Numbering {
  readonly next: () => number;
  /** The number that was given last. */
  readonly last: () => number;
}

/** Goes on behind `last`. */
export function counter(last: number): Numbering {
  let given = last;
  return {
    next: () => {
      given += 1;
      return given;
    },
    last: () => given,
  };
}
