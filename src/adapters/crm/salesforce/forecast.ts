import type { WriteForecast } from '../../../ports/crm.js';

/** Rows in one sObject Collections request (platform limit). */
export const COLLECTION = 200;
/** From here on a job is cheaper: ten collections against create, upload and close. */
export const MOST_ROWS_IN_COLLECTIONS = 2000;
/** Rows in one job: ten internal batches of 10,000, within 100 MB as long as a row stays below 1,000 bytes. */
export const JOB = 100_000;
const REQUESTS_PER_JOB = 3;

/** What `write` sends when nothing is refused: results are asked for only when something was. */
export function forecastWrite(rows: number): WriteForecast {
  if (rows <= 0) return { mode: 'none', calls: 0, why: 'Nothing to write.' };
  if (rows <= MOST_ROWS_IN_COLLECTIONS) {
    const calls = Math.ceil(rows / COLLECTION);
    return { mode: 'collections', calls, why: `${rows} rows, ${COLLECTION} a request.` };
  }
  const jobs = Math.ceil(rows / JOB);
  const why = `${rows} rows are above ${MOST_ROWS_IN_COLLECTIONS}: ${jobs} bulk job${jobs === 1 ? '' : 's'} of at most ${JOB} rows, three requests each.`;
  return { mode: 'bulk', calls: jobs * REQUESTS_PER_JOB, why };
}
