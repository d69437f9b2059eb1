import type { Dialect, KyselyPlugin, RawBuilder } from 'kysely';
import type { IntegrationErrorFields } from '../../ports/errors.js';

/** Where tables are kept. */
export type DatabaseAddress =
  | {
      readonly kind: 'sqlite';
      /** Path of the file, made with its folder when missing; `:memory:` lasts as long as the client. */
      readonly file: string;
      /** How long to wait for another connection that is writing, in milliseconds; 10,000 unless told. */
      readonly busyTimeoutMs?: number;
    }
  | {
      readonly kind: 'postgres';
      /** `postgres://user:password@host:port/database`: holds a secret, never to be told. */
      readonly url: string;
      /** Made when missing. */
      readonly schema: string;
      /** Most connections at once; 4 unless told. */
      readonly connections?: number;
    };

/** A failure in words for people. `overtaken`: somebody else wrote the same rows first; start over. */
export type Fault = Pick<IntegrationErrorFields, 'kind' | 'code' | 'message' | 'actions' | 'retryable'> & {
  readonly overtaken?: true;
};

/** All that differs between databases. Everything else is SQL that SQLite and PostgreSQL both speak. */
export interface DatabaseDialect {
  readonly kysely: Dialect;
  /** A connection for reading alone, so that nobody who looks waits for our own write; null = `kysely` has several. */
  readonly reading: Dialect | null;
  readonly plugins: readonly KyselyPlugin[];
  /** Where it is, as people are told: without a secret. */
  readonly where: string;
  /** Column type of every text: compared byte by byte, so that every store sorts alike. */
  readonly keyText: RawBuilder<unknown>;
  /** Column definition of a number that grows with each insert. */
  readonly serial: RawBuilder<unknown>;
  /** Ends a CREATE TABLE: rows are kept in the order of the primary key, where the database can. */
  readonly clustered: RawBuilder<unknown>;
  /**
   * The number under `key` in a JSON text column that holds a flat object; null when it is none. The same SQL
   * text each time and without parameters: an index on it serves only the text that it was made with.
   */
  readonly jsonNumber: (column: string, key: string) => RawBuilder<number | null>;
  /** Ends a SELECT: the rows that it finds stay as they are until the transaction ends, where others write beside it. */
  readonly keepRows: RawBuilder<unknown>;
  readonly faultOf: (error: unknown) => Fault;
  /** Statements, each outside of a transaction, after which the files hold nothing of what was deleted. */
  readonly compact: readonly string[];
}

/** The code of a failure: the database's own, or the operating system's; empty when it has none. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
