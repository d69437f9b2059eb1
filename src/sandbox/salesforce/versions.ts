/** Seasons by API version; the platform lists them oldest first. */
const FIRST = 31;
const LATEST_VERSION = 67;

export interface ApiVersion {
  readonly label: string;
  readonly url: string;
  readonly version: string;
}

/** Living versions: those up to v30 were retired with Summer '25 (facts §1.5). */
export function apiVersions(): readonly ApiVersion[] {
  return Array.from({ length: LATEST_VERSION - FIRST + 1 }, (_, at) => {
    const version = `${FIRST + at}.0`;
    return { label: labelOf(FIRST + at), url: `/services/data/v${version}`, version };
  });
}

/** v34 = Summer '15; three a year. */
function labelOf(version: number): string {
  const season = ['Spring', 'Summer', 'Winter'][(version - 33 + 300) % 3] ?? '';
  const year = 15 + Math.floor((version - 33) / 3) + (season === 'Winter' ? 1 : 0);
  return `${season} '${String(year).padStart(2, '0')}`;
}

/** 200 = served, 410 = retired, 404 = not there yet. */
export function versionStatus(version: number): 200 | 404 | 410 {
  return version > LATEST_VERSION ? 404 : version < FIRST ? 410 : 200;
}
