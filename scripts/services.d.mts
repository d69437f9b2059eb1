export type ServiceName = 'redis' | 'postgres';

export function findRedis(): string | null;
export function findPostgres(): string | null;
export function postgresUser(): { readonly uid: number; readonly gid: number } | null;
export function missingServices(): readonly ServiceName[];
export function installServices(): void;
export function noServices(missing: readonly ServiceName[]): string;
