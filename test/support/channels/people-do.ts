import type { Company } from '../company.js';
import type { Customer } from './channel-company.js';

/** Something that the prospect does with the latest mail of their latest sequence in Outreach. */
export async function inOutreach({ sandbox }: Company, { email }: Customer, kind: string): Promise<void> {
  await post(`${sandbox.outreach.url}/__sandbox/engage`, { email, kind }, { type: 'application/json' });
}

/** Something that the contact does in HubSpot. */
export async function inHubspot(company: Company, { email }: Customer, kind: string): Promise<void> {
  await company.control('hubspot', 'POST', '/engage', { email, kind });
}

/** Somebody of ours has known them in Outreach for long, and they want no mail from it. */
export async function optedOutOfOutreach({ sandbox }: Company, { email }: Customer): Promise<void> {
  const { url, accessToken: token } = sandbox.outreach;
  const data = { type: 'prospect', attributes: { emails: [email], optedOut: true } };
  await post(`${url}/api/v2/prospects`, { data }, { type: 'application/vnd.api+json', token });
}

/** The same in HubSpot. */
export async function optedOutOfHubspot(company: Company, customer: Customer): Promise<void> {
  const { url, accessToken: token } = company.sandbox.hubspot;
  const properties = { email: customer.email };
  await post(`${url}/crm/v3/objects/contacts`, { properties }, { type: 'application/json', token });
  await inHubspot(company, customer, 'unsubscribed');
}

/** They answer the campaign: somebody of ours says so on their membership. */
export async function respondToCampaign(company: Company, { contact }: Customer): Promise<void> {
  const [member] = await company.soql(`SELECT Id FROM CampaignMember WHERE ContactId = '${contact}'`);
  await company.asAdmin('PATCH', `/sobjects/CampaignMember/${member?.Id}`, { Status: 'Responded' });
}

async function post(
  url: string,
  body: unknown,
  { type, token }: { readonly type: string; readonly token?: string },
): Promise<void> {
  const headers = {
    'content-type': type,
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`POST ${url} answered ${answer.status}: ${await answer.text()}`);
}
