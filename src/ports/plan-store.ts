import type { PieceMark } from './piece-store.js';

/** Something an account asks for that only the whole book can grant. Sorted by `order`, then account, then key. */
export interface Candidate {
  readonly account: string;
  readonly kind: 'fields' | 'tier' | 'enrolment' | 'carry' | 'record';
  readonly key: string;
  /** Sortable text: the lower, the earlier. */
  readonly order: string;
  readonly detail: unknown;
}

/** Where a candidate stands in their order. */
export type CandidatePlace = Pick<Candidate, 'order' | 'account' | 'key'>;

export interface PlanItem {
  readonly seq: number;
  /**
   * `enrolment`: also a task. `leave`: out of a channel. `carry`: properties of somebody whom the tool knows.
   * `record`: an account whose records of ours in the CRM are due.
   */
  readonly kind: 'field' | 'enrolment' | 'refusal' | 'leave' | 'carry' | 'record';
  readonly account: string;
  readonly key: string;
  readonly detail: unknown;
}

export type ItemStatus = 'planned' | 'intended' | 'done' | 'rejected' | 'stale' | 'unclear';

/** Items from `from` to `upTo`, both included. */
export interface SeqRange {
  readonly from: number;
  readonly upTo: number;
}

export interface ItemFilter {
  readonly kind: PlanItem['kind'];
  readonly status: ItemStatus;
  /** Absent = the whole plan. */
  readonly range?: SeqRange;
}

export interface StoredItem extends PlanItem {
  readonly status: ItemStatus;
}

export interface PlanStore {
  /** In their order, those behind `after` alone where it is given. */
  readonly candidates: (
    run: string,
    kind: Candidate['kind'],
    pageSize: number,
    after?: CandidatePlace | null,
  ) => AsyncIterable<readonly Candidate[]>;
  readonly clearCandidates: (run: string) => Promise<void>;
  /**
   * New items are `planned`. A `seq` that is there already is replaced only while it is still `planned`. A `mark` is kept
   * in the same step; RUN_PIECE_LOST, with nothing kept, when its piece is somebody else's by now.
   */
  readonly add: (run: string, items: readonly PlanItem[], mark?: PieceMark) => Promise<void>;
  readonly items: (run: string, filter: ItemFilter, pageSize: number) => AsyncIterable<readonly PlanItem[]>;
  /** The items of a filter, cut into ranges of at most `size` in their order. */
  readonly ranges: (run: string, filter: ItemFilter, size: number) => Promise<readonly SeqRange[]>;
  /** Lets go of what is still only planned. */
  readonly clearPlanned: (run: string) => Promise<void>;
  /** Lets go of all that is planned and asked for in a run. */
  readonly remove: (run: string) => Promise<void>;
  /** A single page in the order of `seq`, of any kind or status where those are null; for people to look at. */
  readonly page: (
    run: string,
    filter: { readonly kind: PlanItem['kind'] | null; readonly status: ItemStatus | null },
    page: { readonly after: number | null; readonly limit: number },
  ) => Promise<readonly StoredItem[]>;
  readonly setStatus: (
    run: string,
    outcomes: readonly { readonly seq: number; readonly status: ItemStatus }[],
  ) => Promise<void>;
  readonly counts: (
    run: string,
  ) => Promise<
    readonly { readonly kind: PlanItem['kind']; readonly status: ItemStatus; readonly count: number }[]
  >;
}
