import type { ObjectSummary, OrgProfile } from '../../../ports/crm.js';
import type { Client } from './client.js';
import { salesforceError } from './errors.js';
import { id18 } from './ids.js';
import { parseAnswer } from './parse.js';
import { firstRow, queryTogether } from './query.js';
import { globalDescribe, organization, recordCounts } from './schema.js';
import { name } from './soql.js';

const OPERATION = 'read the organisation';

const ORG_QUERIES = {
  organisation:
    'SELECT Id, Name, TimeZoneSidKey, IsSandbox, OrganizationType, TrialExpirationDate FROM Organization',
  /** Apart from the rest: not every org lets it be queried, and a query fails as a whole. */
  currency: 'SELECT DefaultCurrencyIsoCode FROM Organization',
  /** The object exists only where several currencies are on. */
  currencies: 'SELECT IsoCode FROM CurrencyType WHERE IsCorporate = true',
} as const;

/** Three questions in one request; two of them may fail without harm. */
export async function readOrg(client: Client, apiVersion: string): Promise<OrgProfile> {
  const answers = await queryTogether(client, apiVersion, ORG_QUERIES);
  const first = (query: keyof typeof ORG_QUERIES) => firstRow(answers.get(query));
  const found = first('organisation');
  if (found === undefined) throw noOrganisation();
  const org = parseAnswer(organization, found, OPERATION);
  const corporate = first('currencies');
  const single = first('currency');
  return {
    id: id18(org.Id),
    name: org.Name,
    timeZone: org.TimeZoneSidKey ?? 'UTC',
    currency: text(corporate, 'IsoCode') ?? text(single, 'DefaultCurrencyIsoCode') ?? 'USD',
    multiCurrency: corporate !== undefined,
    production: isProduction(org),
  };
}

/** Trial orgs (scratch orgs among them) and Developer Edition hold no business that could be harmed. */
function isProduction(org: ReturnType<typeof organization.parse>): boolean {
  const trial = typeof org.TrialExpirationDate === 'string';
  return org.IsSandbox !== true && org.OrganizationType !== 'Developer Edition' && !trial;
}

function text(row: Readonly<Record<string, unknown>> | undefined, field: string): string | null {
  const value = row?.[field];
  return typeof value === 'string' && value !== '' ? value : null;
}

export async function listObjects(client: Client): Promise<readonly ObjectSummary[]> {
  const operation = 'list objects';
  const answer = await client.rest({
    kind: 'describe',
    operation,
    method: 'GET',
    path: '/sobjects',
    repeatable: true,
  });
  return parseAnswer(globalDescribe, answer.body, operation).sobjects;
}

export async function countRows(
  client: Client,
  objects: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (objects.length === 0) return new Map();
  const operation = 'count records';
  const answer = await client.rest({
    kind: 'query',
    operation,
    method: 'GET',
    path: `/limits/recordCount?sObjects=${objects.map(name).join(',')}`,
    repeatable: true,
  });
  const { sObjects } = parseAnswer(recordCounts, answer.body, operation);
  const asked = new Map(objects.map((object) => [object.toLowerCase(), object]));
  return new Map(sObjects.map((entry) => [asked.get(entry.name.toLowerCase()) ?? entry.name, entry.count]));
}

function noOrganisation() {
  return salesforceError('SF_ACCESS_DENIED', {
    operation: OPERATION,
    message: 'The integration user cannot read the Organization record.',
  });
}
