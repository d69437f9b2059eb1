import type { Row, Value } from '../schema/types.js';
import type { BaseRows } from './base-rows.js';

/** What an index reads: the base, and what was written over it (by slot; null = erased). */
export interface IndexSource {
  readonly base: BaseRows;
  readonly written: ReadonlyMap<number, Row | null>;
  readonly stored: (slot: number) => Row | null;
}

type Slots = Map<string, Set<number>>;

/** Text is compared in any case, as the platform's own unique indexes do; other values by themselves. */
function keyOf(value: Value | undefined): string | null {
  return value === null || value === undefined ? null : String(value).toLowerCase();
}

function add(slots: Slots, key: string | null, slot: number): void {
  if (key === null) {
    return;
  }
  const known = slots.get(key);
  if (known === undefined) {
    slots.set(key, new Set([slot]));
  } else {
    known.add(slot);
  }
}

/** Which rows point at a parent. The base answers for itself where it can; written rows are indexed here. */
export class ChildIndex {
  private readonly overlay = new Map<string, Slots>();
  private readonly scanned = new Map<string, Slots>();

  constructor(private readonly source: IndexSource) {}

  find(field: string, parentId: string): readonly number[] {
    const { base, written } = this.source;
    const inBase = base.childrenOf(field, parentId) ?? [...(this.scan(field).get(parentId) ?? [])];
    const inOverlay = this.written(field).get(parentId);
    const untouched = written.size === 0 ? inBase : inBase.filter((slot) => !written.has(slot));
    return inOverlay === undefined ? untouched : [...untouched, ...inOverlay].sort((a, b) => a - b);
  }

  moved(slot: number, before: Row | null, after: Row | null): void {
    for (const [field, slots] of this.overlay) {
      const old = before?.[field];
      if (typeof old === 'string') {
        slots.get(old)?.delete(slot);
      }
      const now = after?.[field];
      add(slots, typeof now === 'string' ? now : null, slot);
    }
  }

  private written(field: string): Slots {
    let slots = this.overlay.get(field);
    if (slots === undefined) {
      slots = new Map();
      this.overlay.set(field, slots);
      for (const [slot, row] of this.source.written) {
        const parent = row?.[field];
        add(slots, typeof parent === 'string' ? parent : null, slot);
      }
    }
    return slots;
  }

  private scan(field: string): Slots {
    let slots = this.scanned.get(field);
    if (slots === undefined) {
      slots = new Map();
      this.scanned.set(field, slots);
      const { base } = this.source;
      for (let index = 0; index < base.count; index += 1) {
        const parent = base.rowAt(index)[field];
        add(slots, typeof parent === 'string' ? parent : null, index);
      }
    }
    return slots;
  }
}

/** Rows by the value of a field: made when first asked for, kept true by each write. */
export class ValueIndex {
  private readonly byField = new Map<string, Slots>();

  constructor(private readonly source: IndexSource) {}

  find(field: string, value: Value): readonly number[] {
    const key = keyOf(value);
    return key === null ? [] : [...(this.index(field).get(key) ?? [])];
  }

  moved(slot: number, before: Row | null, after: Row | null): void {
    for (const [field, slots] of this.byField) {
      const old = keyOf(before?.[field]);
      if (old !== null) {
        slots.get(old)?.delete(slot);
      }
      add(slots, keyOf(after?.[field]), slot);
    }
  }

  private index(field: string): Slots {
    let slots = this.byField.get(field);
    if (slots === undefined) {
      slots = new Map();
      this.byField.set(field, slots);
      const { base, written } = this.source;
      for (let index = 0; index < base.count; index += 1) {
        if (!written.has(index)) {
          add(slots, keyOf(base.rowAt(index)[field]), index);
        }
      }
      for (const [slot, row] of written) {
        add(slots, keyOf(row?.[field]), slot);
      }
    }
    return slots;
  }
}

interface Stamped {
  readonly stamp: string;
  readonly slot: number;
}

/** Rows by change stamp, so that "what changed since" costs what changed, not the whole object. */
export class StampIndex {
  private overlay: readonly Stamped[] | null = null;
  private baseOrder: { readonly seconds: Float64Array; readonly slots: Uint32Array } | null = null;

  constructor(private readonly source: IndexSource) {}

  moved(): void {
    this.overlay = null;
  }

  since(stamp: string): readonly number[] {
    const { base, written } = this.source;
    this.overlay ??= sortStamps(written);
    const found = this.overlay.slice(firstAtLeast(this.overlay, stamp)).map((entry) => entry.slot);
    if (base.newestStamp < stamp) {
      return found;
    }
    const order = this.orderBase();
    const from = Date.parse(stamp);
    for (let at = lowerBound(order.seconds, from); at < order.slots.length; at += 1) {
      const slot = order.slots[at] ?? 0;
      if (!written.has(slot)) {
        found.push(slot);
      }
    }
    return found;
  }

  private orderBase(): { readonly seconds: Float64Array; readonly slots: Uint32Array } {
    if (this.baseOrder === null) {
      const { base } = this.source;
      const stamps = new Float64Array(base.count);
      const slots = new Uint32Array(base.count);
      for (let index = 0; index < base.count; index += 1) {
        stamps[index] = Date.parse(String(base.rowAt(index).SystemModstamp));
        slots[index] = index;
      }
      slots.sort((a, b) => (stamps[a] ?? 0) - (stamps[b] ?? 0));
      this.baseOrder = { seconds: Float64Array.from(slots, (slot) => stamps[slot] ?? 0), slots };
    }
    return this.baseOrder;
  }
}

function sortStamps(written: ReadonlyMap<number, Row | null>): readonly Stamped[] {
  const stamped: Stamped[] = [];
  for (const [slot, row] of written) {
    if (row !== null) {
      stamped.push({ stamp: String(row.SystemModstamp ?? ''), slot });
    }
  }
  return stamped.sort((a, b) => (a.stamp < b.stamp ? -1 : a.stamp > b.stamp ? 1 : 0));
}

function firstAtLeast(stamped: readonly Stamped[], stamp: string): number {
  let low = 0;
  let high = stamped.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stamped[middle]?.stamp ?? '') < stamp) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

function lowerBound(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
