/** Numbers the plan's items in the order in which they are carried out. */
export interface Numbering {
  readonly next: () => number;
}

export function counter(): Numbering {
  let last = 0;
  return {
    next: () => {
      last += 1;
      return last;
    },
  };
}
