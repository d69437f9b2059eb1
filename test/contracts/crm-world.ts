import type { Crm, CrmValue } from '../../src/ports/crm.js';

export type Values = Readonly<Record<string, CrmValue>>;

/** An org with the objects Account and Case, and hands that change it as people do. */
export interface CrmWorld {
  readonly crm: Crm;
  /** Ids in the order of the rows. Rows made by one call may share their stamp. */
  readonly insert: (object: string, rows: readonly Values[]) => Promise<readonly string[]>;
  readonly update: (object: string, id: string, values: Values) => Promise<void>;
  readonly remove: (object: string, id: string) => Promise<void>;
  /** Lets the org's time pass, so that later changes have later stamps. */
  readonly pass: (ms: number) => Promise<void>;
  /** More rows than one page holds. */
  readonly severalPages: number;
  readonly close: () => Promise<void>;
}

export type TheWorld = () => CrmWorld;
