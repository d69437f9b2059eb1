/** A record as kept: values as strings, empty ones left out. Times are milliseconds since 1970. */
export interface StoredObject {
  readonly id: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly archived: boolean;
}
