/** Accounts are dealt their child rows block by block, so that a row's place follows from its index alone. */
const BLOCK = 64;
const KEPT_BLOCKS = 64;

export interface Place {
  readonly account: number;
  /** Which of the account's rows, from 0. */
  readonly nth: number;
  /** How many the account has. */
  readonly of: number;
}

/** Which rows of a child object belong to which account. */
export interface Slots {
  readonly count: number;
  readonly placeOf: (index: number) => Place;
  readonly sizeOf: (account: number) => number;
  /** Index of the account's first row; its others follow. */
  readonly firstOf: (account: number) => number;
}

interface Blocks {
  readonly count: number;
  readonly startOf: (block: number) => number;
  readonly blockOf: (index: number) => number;
  /** Sizes of the accounts of a block. */
  readonly sizesOf: (block: number) => readonly number[];
}

function overBlocks(blocks: Blocks): Slots {
  const kept: ({ readonly block: number; readonly ends: Uint32Array } | undefined)[] = [];
  const endsOf = (block: number): Uint32Array => {
    const hit = kept[block % KEPT_BLOCKS];
    if (hit?.block === block) return hit.ends;
    let end = blocks.startOf(block);
    const ends = Uint32Array.from(blocks.sizesOf(block), (size) => {
      end += size;
      return end;
    });
    kept[block % KEPT_BLOCKS] = { block, ends };
    return ends;
  };
  const firstOf = (account: number): number => {
    const block = Math.floor(account / BLOCK);
    const at = account - block * BLOCK;
    return at === 0 ? blocks.startOf(block) : (endsOf(block)[at - 1] ?? 0);
  };
  const sizeOf = (account: number): number => {
    const block = Math.floor(account / BLOCK);
    return (endsOf(block)[account - block * BLOCK] ?? 0) - firstOf(account);
  };
  const placeOf = (index: number): Place => {
    const block = blocks.blockOf(index);
    const ends = endsOf(block);
    let low = 0;
    for (let high = ends.length - 1; low < high; ) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) > index) high = middle;
      else low = middle + 1;
    }
    const account = block * BLOCK + low;
    const first = firstOf(account);
    return { account, nth: index - first, of: (ends[low] ?? 0) - first };
  };
  return { count: blocks.count, placeOf, sizeOf, firstOf };
}

export interface Dealing {
  readonly accounts: number;
  /** Rows per account on average; times 64 it must be whole. The total is exactly floor(accounts × perAccount). */
  readonly perAccount: number;
  /** Rows that every account gets. */
  readonly least: number;
  /** How much of the rest an account draws, relative to its neighbours. */
  readonly weightOf: (account: number) => number;
}

/** Deals an exact number of rows, more of them to accounts with more weight. */
export function dealtSlots(dealing: Dealing): Slots {
  const { accounts, perAccount, least, weightOf } = dealing;
  const startOf = (block: number): number => Math.floor(Math.min(accounts, block * BLOCK) * perAccount);
  const sizesOf = (block: number): readonly number[] => {
    const first = block * BLOCK;
    const weights = Array.from({ length: Math.min(BLOCK, accounts - first) }, (_, at) =>
      weightOf(first + at),
    );
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    const extra = startOf(block + 1) - startOf(block) - least * weights.length;
    let passed = 0;
    let given = 0;
    return weights.map((weight, at) => {
      passed += weight;
      const upTo = at === weights.length - 1 ? extra : Math.floor((extra * passed) / whole + 0.5);
      const size = least + upTo - given;
      given = upTo;
      return size;
    });
  };
  return overBlocks({
    count: Math.floor(accounts * perAccount),
    startOf,
    blockOf: (index) => Math.floor(index / (BLOCK * perAccount)),
    sizesOf,
  });
}

/** Gives each account the number of rows that `sizeOf` says; keeps one running total per 64 accounts, made on first use. */
export function countedSlots(accounts: number, sizeOf: (account: number) => number): Slots {
  const starts = new Uint32Array(Math.ceil(accounts / BLOCK) + 1);
  for (let account = 0; account < accounts; account += 1) {
    const block = Math.floor(account / BLOCK);
    starts[block + 1] = Math.max(starts[block + 1] ?? 0, starts[block] ?? 0) + sizeOf(account);
  }
  const blockOf = (index: number): number => {
    let low = 0;
    for (let high = starts.length - 2; low < high; ) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const sizesOf = (block: number): readonly number[] =>
    Array.from({ length: Math.min(BLOCK, accounts - block * BLOCK) }, (_, at) => sizeOf(block * BLOCK + at));
  return overBlocks({
    count: starts[starts.length - 1] ?? 0,
    startOf: (block) => starts[block] ?? 0,
    blockOf,
    sizesOf,
  });
}
