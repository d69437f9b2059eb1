/**
 * The prospects that an account starts with, computed from a seed and an index. Immutable; what is written
 * later lies over it. `at` must be cheap and give an equal prospect each time, so that a million of them
 * need no memory.
 */
export interface BaseProspects {
  /** Slots, not prospects: a slot may be empty. */
  readonly count: number;
  readonly at: (index: number) => BaseProspect | null;
  /** Slot of the prospect with this address (any case), or -1. */
  readonly indexOfEmail: (email: string) => number;
}

export interface BaseProspect {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly companyName: string;
  readonly optedOut: boolean;
  /** The starting sequence that it is or was in, by index, or null. */
  readonly sequence: number | null;
  /** It went through that sequence and is in it no more. */
  readonly finished: boolean;
}

/** Someone with a login and one mailbox under the same address. */
export interface OrgUser {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  /** The mailbox is connected but may not send. */
  readonly sendDisabled?: boolean;
  readonly locked?: boolean;
  readonly maxMailingsPerDay?: number;
}

/** An account that knows nobody. */
export const NO_PROSPECTS: BaseProspects = { count: 0, at: () => null, indexOfEmail: () => -1 };
