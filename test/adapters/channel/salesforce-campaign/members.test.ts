import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { salesforceCampaignChannel } from '../../../../src/adapters/channel/salesforce-campaign/index.js';
import type { Channel } from '../../../../src/ports/marketing.js';
import { aSalesforceBench, type SalesforceBench } from '../support/salesforce.js';

const TARGET = 'Renewal letters';

let bench: SalesforceBench;
let channel: Channel;
beforeEach(async () => {
  bench = await aSalesforceBench();
  channel = salesforceCampaignChannel(bench.crm);
});
afterEach(() => bench.org.close());

const makeCampaign = (Name: string) => bench.org.asAdmin('POST', '/sobjects/Campaign', { Name });

describe('A campaign', () => {
  it('is missing until somebody makes it', async () => {
    await expect(channel.enrol(TARGET, [bench.customer()])).rejects.toMatchObject({
      code: 'CAMPAIGN_MISSING',
      kind: 'Config',
      actions: [expect.stringContaining(TARGET), expect.stringMatching(/read access/)],
    });
    await makeCampaign(TARGET);
    expect(await channel.enrol(TARGET, [bench.customer()])).toMatchObject([{ outcome: 'enrolled' }]);
  });

  it('that is gone holds nobody: they are out, and nobody is found in it', async () => {
    const ann = bench.customer();
    expect(await channel.leave(TARGET, [ann])).toEqual([{ key: ann.key, outcome: 'absent' }]);
    expect(await channel.enrolled(TARGET, [ann])).toEqual(new Map());
  });

  it('is a question when two bear its name', async () => {
    await makeCampaign(TARGET);
    await makeCampaign(TARGET);
    const ambiguous = { code: 'CAMPAIGN_AMBIGUOUS', kind: 'Config', message: expect.stringMatching(/^2 /) };
    await expect(channel.prepare(TARGET)).rejects.toMatchObject(ambiguous);
    await expect(channel.exists(TARGET)).rejects.toMatchObject(ambiguous);
    expect(bench.rows('CampaignMember')).toEqual([]);
  });

  it('is the one that is written the same where others differ in capitals', async () => {
    await makeCampaign('RENEWAL LETTERS');
    await makeCampaign(TARGET);
    await channel.enrol(TARGET, [bench.customer()]);
    const campaign = bench.rows('Campaign').find(({ Name }) => Name === TARGET);
    expect(bench.rows('CampaignMember')).toMatchObject([{ CampaignId: campaign?.Id }]);
  });

  it('is looked for once', async () => {
    await makeCampaign(TARGET);
    await channel.prepare(TARGET);
    await channel.prepare(TARGET);
    expect(await channel.exists(TARGET)).toBe(true);
    expect(bench.calls()).toBe(1);
  });
});

describe('Joining a campaign', () => {
  beforeEach(async () => {
    await makeCampaign(TARGET);
    await channel.prepare(TARGET);
  });

  it('begins with the status Sent', async () => {
    const request = bench.customer();
    const [outcome] = await channel.enrol(TARGET, [request]);
    const [member] = bench.rows('CampaignMember');
    expect(member).toMatchObject({ ContactId: request.contactId, Status: 'Sent' });
    expect(outcome).toEqual({ key: request.key, outcome: 'enrolled', made: member?.Id });
  });

  it('is no second joining when somebody else was faster than our insert', async () => {
    const request = bench.customer();
    await channel.enrol(TARGET, [request]);
    const blind = salesforceCampaignChannel({
      ...bench.crm,
      select: (object, fields, criteria) =>
        object === 'CampaignMember' ? Promise.resolve([]) : bench.crm.select(object, fields, criteria),
    });
    expect(await blind.enrol(TARGET, [request])).toEqual([
      { key: request.key, outcome: 'already', made: null },
    ]);
    expect(bench.rows('CampaignMember')).toHaveLength(1);
  });

  it('happens once for a contact who stands in two requests of one call', async () => {
    const request = bench.customer();
    const outcomes = await channel.enrol(TARGET, [request, { ...request, key: 'other step' }]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['enrolled', 'already']);
  });

  it('is for contacts only', async () => {
    const account = { ...bench.customer(), contactId: null };
    const outcomes = await channel.enrol(TARGET, [account, bench.customer()]);
    expect(outcomes).toMatchObject([
      { outcome: 'refused', refusal: { code: 'CONTACT_MISSING' } },
      { outcome: 'enrolled' },
    ]);
  });

  it('takes one look-up and an insert for each 200', async () => {
    const before = bench.calls();
    await channel.enrol(TARGET, Array.from({ length: 401 }, bench.customer));
    expect(bench.calls() - before).toBe(1 + 3);
    expect(channel.forecastCalls(401)).toBe(1 + 3);
  });
});

describe('Leaving a campaign', () => {
  it('is unclear when no answer came, and can be asked for again', async () => {
    await makeCampaign(TARGET);
    const requests = [bench.customer(), bench.customer()];
    await channel.enrol(TARGET, requests);
    bench.org.server.faults.set({ kind: 'reset', match: '^DELETE', times: 5, afterBytes: 0 });
    const outcomes = await channel.leave(TARGET, requests);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['unclear', 'unclear']);
    const again = await channel.leave(TARGET, requests);
    expect(again.map(({ outcome }) => outcome)).toEqual(['absent', 'absent']);
    expect(bench.rows('CampaignMember')).toEqual([]);
  });

  it('is refused, with advice, where the org forbids it', async () => {
    await makeCampaign(TARGET);
    const request = bench.customer();
    await channel.enrol(TARGET, [request]);
    const body = { statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Members stay' };
    bench.org.server.faults.set({ kind: 'partial-failure', match: '^DELETE', times: 1, body });
    expect(await channel.leave(TARGET, [request])).toMatchObject([
      { key: request.key, outcome: 'refused', refusal: { code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' } },
    ]);
  });
});
