/** Of `of` items `take` are looked at; `from` shifts which, so that each gets its turn over many runs. */
export interface Sample {
  readonly of: number;
  readonly take: number;
  /** Any whole number from 0. */
  readonly from: number;
}

/** Whether the item at a place (from 0) is in the sample: `take` of them are, evenly spread. */
export function isSampled(place: number, { of, take, from }: Sample): boolean {
  const at = (place + (from % of)) * take;
  return Math.floor((at + take) / of) > Math.floor(at / of);
}
