/** A contact row as one of a person's: the same person may stand in several accounts. */
export interface KnownContact {
  readonly contact: string;
  readonly account: string;
  /** Keyed hash of the normalised address. */
  readonly person: string;
  readonly optedOut: boolean;
  readonly bounced: boolean;
}

export interface Merge {
  readonly kind: 'account' | 'contact';
  /** 18-character ids. */
  readonly loser: string;
  readonly winner: string;
}

/** Who is who: one person behind several contacts, and records that were merged away. */
export interface PersonStore {
  /** Inserts or replaces by contact id. A contact whose person changed keeps the earlier one as `also`. */
  readonly save: (contacts: readonly KnownContact[]) => Promise<void>;
  readonly remove: (contacts: readonly string[]) => Promise<void>;
  /** Every living contact of these persons, in any account, by contact id. */
  readonly contactsOf: (persons: readonly string[]) => Promise<readonly KnownContact[]>;
  /** Notes merges. A loser's person, opt-out and bounce go over to the winner for ever. */
  readonly merge: (merges: readonly Merge[]) => Promise<void>;
  /** Those of these persons who were forgotten: whatever contact carries their address, they are never written to again. */
  readonly forgotten: (persons: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Ids of accounts that were merged into each of these, however long the chain. */
  readonly losersOf: (accounts: readonly string[]) => Promise<ReadonlyMap<string, readonly string[]>>;
  /**
   * Other persons that each of these is or was: earlier addresses of the same contacts, and persons of
   * contacts merged into them; `optedOut` when any of those opted out. A person with none is absent.
   */
  readonly aliasesOf: (
    persons: readonly string[],
  ) => Promise<
    ReadonlyMap<
      string,
      { readonly persons: readonly string[]; readonly optedOut: boolean; readonly bounced: boolean }
    >
  >;
}
