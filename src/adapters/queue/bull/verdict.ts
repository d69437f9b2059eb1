/** Thrown to Bull in the place of what a handler threw. */
export class Verdict extends Error {
  override readonly name = 'Verdict';
  /** Milliseconds until the next try; -1 = none. */
  readonly waitMs: number;

  constructor(reason: string, waitMs: number) {
    super(reason);
    this.waitMs = waitMs;
    this.stack = '';
  }
}
