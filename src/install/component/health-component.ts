import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WrittenField } from '../../domain/settle/written.js';
import { CRM_RECORDS } from '../../ports/crm-records.js';
import type { PageComponent } from '../../ports/org-model.js';

const NAME = 'truenorthHealth';
const FOLDER = join(import.meta.dirname, NAME);
const FIELDS = 'fields.js';

/** The child relationship of the account that leads to its snapshots. */
const RELATIONSHIP = 'Health_Snapshots__r';

/** What the page can show of the account, in the order in which it is asked for. Names that no mapping has are left out. */
const SHOWN = [
  'score',
  'band',
  'trend',
  'drivers',
  'driversDetail',
  'coverage',
  'modelBand',
  'bandSource',
  'bandSince',
  'scoreChangedOn',
  'watermelon',
  'pulse',
  'pulseReason',
  'pulseBy',
  'pulseExpiresOn',
  'tier',
  'tierReason',
  'tierSince',
  'tierWaitingFor',
  'adoptionScore',
  'engagementScore',
  'relationshipScore',
  'supportScore',
  'commercialScore',
  'sentimentScore',
  'onboardingScore',
  'activePlaybooks',
  'lastEnrolmentOn',
];

/**
 * The Lightning component that shows an account's health, for fields of these API names. Its files are those of the
 * folder beside this one, by name; only the module with the names of fields is written anew.
 */
export function healthComponent(fields: Readonly<Partial<Record<WrittenField, string>>>): PageComponent {
  const files = readdirSync(FOLDER)
    .sort()
    .map((file) => [file, file === FIELDS ? fieldNames(fields) : readFileSync(join(FOLDER, file), 'utf8')]);
  return { name: NAME, files: Object.fromEntries(files) };
}

function fieldNames(fields: Readonly<Partial<Record<string, string>>>): string {
  const shown = SHOWN.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]] as const]));
  const { object, fields: snapshot } = CRM_RECORDS.snapshot;
  const read = Object.entries({ on: snapshot.on, score: snapshot.score, band: snapshot.band });
  return `// Our words, and the API names that hold them: written anew from the mapping when the component is installed.
export const ACCOUNT_FIELDS = {
${shown.map(([name, field]) => `  ${name}: '${field}',\n`).join('')}};

export const SNAPSHOTS = {
  relationship: '${RELATIONSHIP}',
  object: '${object}',
  fields: { ${read.map(([name, field]) => `${name}: '${field}'`).join(', ')} },
};
`;
}
