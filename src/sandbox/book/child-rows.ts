import type { Row } from '../salesforce/schema/types.js';
import type { BaseRows } from '../salesforce/store/base-rows.js';
import { ACCOUNT_PREFIX } from './accounts.js';
import { instantOf } from './calendar.js';
import { indexOfRecordId } from './ids.js';
import type { Place, Slots } from './slots.js';
import type { World } from './traits.js';

export interface ChildObject {
  readonly prefix: string;
  /** The reference fields that hold the account. */
  readonly parentFields: readonly string[];
  readonly slots: Slots;
  readonly rowOf: (index: number, place: Place) => Row;
}

/** Rows of an object whose parent is the account, in account order. */
export function childRows(world: World, child: ChildObject): BaseRows {
  const { prefix, slots } = child;
  return {
    count: slots.count,
    rowAt: (index) => child.rowOf(index, slots.placeOf(index)),
    indexOf: (id) => indexOfRecordId(prefix, id, slots.count),
    childrenOf: (field, parentId) => {
      if (!child.parentFields.includes(field)) return null;
      const account = indexOfRecordId(ACCOUNT_PREFIX, parentId, world.accounts);
      if (account < 0) return [];
      const first = slots.firstOf(account);
      return Array.from({ length: slots.sizeOf(account) }, (_, nth) => first + nth);
    },
    newestStamp: slots.count === 0 ? '' : instantOf(world.newest),
  };
}

/** Who and when, for a row made at `created` and last touched at `touched`; never after the book's newest stamp. */
export function stamps(world: World, created: number, touched: number): Row {
  const made = Math.min(created, world.newest);
  const last = instantOf(Math.max(made, Math.min(touched, world.newest)));
  return { IsDeleted: false, CreatedDate: instantOf(made), LastModifiedDate: last, SystemModstamp: last };
}
