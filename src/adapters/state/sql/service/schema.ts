import type { Generated, Transaction } from 'kysely';
import type { ApiToken, ConsoleUser, Scope } from '../../../../ports/service-store.js';

export interface TokenTable {
  readonly id: string;
  readonly name: string;
  readonly scope: Scope;
  readonly hash: string;
  readonly created_at: number;
  readonly last_used_at: number | null;
  readonly revoked_at: number | null;
}

export interface UserTable {
  readonly name: string;
  readonly password: string;
  readonly scope: ConsoleUser['scope'];
  readonly created_at: number;
}

export interface SessionTable {
  readonly hash: string;
  readonly user_name: string;
  readonly csrf: string;
  readonly started_at: number;
  readonly expires_at: number;
}

export interface AuditTable {
  /** Grows with each entry. */
  readonly position: Generated<number>;
  readonly at: number;
  readonly who: string;
  readonly what: string;
  readonly subject: string;
  readonly particulars: string;
  readonly trace: string;
}

/** A reading that came in. Once it was taken only its id and content are left, so that a repeat is known. */
export interface UsageTable {
  /** Grows with each reading: the order in which they came. */
  readonly position: Generated<number>;
  readonly source: string;
  readonly id: string;
  readonly content: string;
  readonly account: string;
  /** Null once it was taken. */
  readonly reading: string | null;
  readonly received_at: number;
}

export interface DeliveryTable {
  readonly source: string;
  readonly id: string;
  readonly at: number;
}

export interface ServiceTables {
  readonly service_tokens: TokenTable;
  readonly service_users: UserTable;
  readonly service_sessions: SessionTable;
  readonly service_audit: AuditTable;
  readonly service_usage: UsageTable;
  readonly service_deliveries: DeliveryTable;
}

export type ServiceConnection = Transaction<ServiceTables>;

export function tokenRow(token: ApiToken): TokenTable {
  const { createdAt, lastUsedAt, revokedAt, ...same } = token;
  return { ...same, created_at: createdAt, last_used_at: lastUsedAt, revoked_at: revokedAt };
}

export function tokenOf(row: TokenTable): ApiToken {
  const { created_at, last_used_at, revoked_at, ...same } = row;
  return { ...same, createdAt: created_at, lastUsedAt: last_used_at, revokedAt: revoked_at };
}
