import { sql } from 'kysely';
import type { Connection } from '../schema.js';

/** Indexes in the orders in which accounts are listed, with what they are chosen by: a page of a large book must not sort all of it. */
export async function standingOrders(db: Connection): Promise<void> {
  await sql`create index assessments_by_score on assessments ((coalesce(score, 101)), account, band, tier)`.execute(
    db,
  );
  await sql`create index assessments_by_band_since on assessments (band_since desc, account, band, tier)`.execute(
    db,
  );
}
