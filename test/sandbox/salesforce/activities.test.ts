import { describe, expect, it } from '@jest/globals';
import { applyDml } from '../../../src/sandbox/salesforce/dml/apply-dml.js';
import type { DmlRequest, DmlResult, DmlRow } from '../../../src/sandbox/salesforce/dml/contract.js';
import { runSoql } from '../../../src/sandbox/salesforce/soql/run-soql.js';
import type { Org } from '../../../src/sandbox/salesforce/store/org.js';
import { aCaller, anOrg } from './org-builder.js';

/** Everything here is done by the service's own user. */
const asService = (org: Org) => aCaller(org, org.users.integration);

function write(org: Org, operation: DmlRequest['operation'], object: string, row: DmlRow): DmlResult {
  const [result] = applyDml(org, asService(org), { operation, object, rows: [row] });
  if (result === undefined) throw new Error('no result');
  return result;
}

function made(org: Org, object: string, row: DmlRow): string {
  const result = write(org, 'insert', object, row);
  if (!result.success) throw new Error(result.errors[0]?.message);
  return String(result.id);
}

const rowsOf = (org: Org, soql: string): readonly unknown[] => {
  const result = runSoql(org, asService(org), soql, { all: false });
  return [...result.records(0, result.total)];
};
const read = (org: Org, object: string, field: string, id: string) =>
  org.reader(object, field)(org.table(object).get(id) ?? {});

describe('A task', () => {
  const words = { Subject: 'Call about adoption', ActivityDate: '2026-03-12', TaskSubtype: 'Call' };

  it('is made, found by its account and the moment of its creation, and deleted', () => {
    const org = anOrg();
    const account = made(org, 'Account', { Name: 'a' });
    const contact = made(org, 'Contact', { LastName: 'c', AccountId: account });
    const id = made(org, 'Task', { ...words, WhatId: account, WhoId: contact, OwnerId: org.users.admin });
    const query = `SELECT Id, Subject, WhoId, OwnerId, Status, Priority, IsClosed, TaskSubtype, AccountId FROM Task WHERE WhatId IN ('${account}') AND CreatedDate >= ${org.stamp()}`;
    expect(rowsOf(org, query)).toMatchObject([
      {
        Id: id,
        Subject: words.Subject,
        WhoId: contact,
        OwnerId: org.users.admin,
        Status: 'Not Started',
        Priority: 'Normal',
        IsClosed: false,
        TaskSubtype: 'Call',
        AccountId: account,
      },
    ]);
    expect(write(org, 'delete', 'Task', { Id: id }).success).toBe(true);
    expect(rowsOf(org, query)).toEqual([]);
  });

  it('is dated when it is closed, keeps the date while it stays so, and loses it when it is opened again', () => {
    const org = anOrg();
    const id = made(org, 'Task', words);
    const completed = () => read(org, 'Task', 'CompletedDateTime', id);
    expect([completed(), read(org, 'Task', 'IsClosed', id)]).toEqual([null, false]);
    write(org, 'update', 'Task', { Id: id, Status: 'Completed' });
    const at = completed();
    expect([at, read(org, 'Task', 'IsClosed', id)]).toEqual([org.stamp(), true]);
    org.clock.advance(60_000);
    write(org, 'update', 'Task', { Id: id, Description: 'said yes' });
    expect(completed()).toBe(at);
    write(org, 'update', 'Task', { Id: id, Status: 'In Progress' });
    expect([completed(), read(org, 'Task', 'IsClosed', id)]).toEqual([null, false]);
  });

  it('is closed and dated at once when it is logged as done', () => {
    const org = anOrg();
    const id = made(org, 'Task', { ...words, Status: 'Completed', Priority: 'High' });
    expect(read(org, 'Task', 'IsClosed', id)).toBe(true);
    expect(read(org, 'Task', 'IsHighPriority', id)).toBe(true);
    expect(read(org, 'Task', 'CompletedDateTime', id)).toBe(org.stamp());
  });

  it('has a subtype of a closed list, which is never changed', () => {
    const org = anOrg();
    const unknown = write(org, 'insert', 'Task', { ...words, TaskSubtype: 'Meeting' });
    expect(unknown.errors[0]?.statusCode).toBe('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
    const id = made(org, 'Task', words);
    const changed = write(org, 'update', 'Task', { Id: id, TaskSubtype: 'Email' });
    expect(changed.errors[0]?.statusCode).toBe('INVALID_FIELD_FOR_INSERT_UPDATE');
  });

  it('is given to nobody who has left', () => {
    const org = anOrg();
    const left = org.plant('User', { Username: 'left@x.example', Email: 'left@x.example', IsActive: false });
    expect(rowsOf(org, `SELECT Email FROM User WHERE IsActive = false`)).toMatchObject([
      { Email: 'left@x.example' },
    ]);
    expect(write(org, 'insert', 'Task', { ...words, OwnerId: left }).errors[0]).toMatchObject({
      statusCode: 'INACTIVE_OWNER_OR_USER',
      message: `operation performed with inactive user [${left}] as owner of task`,
    });
    const theirs = org.plant('Task', { ...words, OwnerId: left, Status: 'Not Started' });
    expect(write(org, 'update', 'Task', { Id: theirs, Status: 'Completed' }).success).toBe(true);
  });
});

describe('A member of a campaign', () => {
  function aCampaign(org: Org): { readonly campaign: string; readonly contact: string } {
    return {
      campaign: made(org, 'Campaign', { Name: 'Renewal letters', IsActive: true }),
      contact: made(org, 'Contact', { LastName: 'c' }),
    };
  }

  it('is made once, and found by campaign and contact', () => {
    const org = anOrg();
    const { campaign, contact } = aCampaign(org);
    expect(rowsOf(org, "SELECT Id FROM Campaign WHERE Name IN ('renewal letters')")).toHaveLength(1);
    const row = { CampaignId: campaign, ContactId: contact };
    const id = made(org, 'CampaignMember', row);
    expect(write(org, 'insert', 'CampaignMember', row).errors[0]).toMatchObject({
      statusCode: 'DUPLICATE_VALUE',
      message: 'Already a campaign member.',
    });
    const query = `SELECT Id, Status, HasResponded, Campaign.Name FROM CampaignMember WHERE CampaignId = '${campaign}' AND ContactId IN ('${contact}')`;
    expect(rowsOf(org, query)).toMatchObject([
      { Id: id, Status: 'Sent', HasResponded: false, Campaign: { Name: 'Renewal letters' } },
    ]);
    expect(write(org, 'delete', 'CampaignMember', { Id: id }).success).toBe(true);
    expect(write(org, 'insert', 'CampaignMember', row).success).toBe(true);
  });

  it('keeps the day of the first response in the time zone of the org', () => {
    const org = anOrg({ timeZone: 'Pacific/Auckland' });
    const { campaign, contact } = aCampaign(org);
    const id = made(org, 'CampaignMember', { CampaignId: campaign, ContactId: contact });
    expect(read(org, 'CampaignMember', 'FirstRespondedDate', id)).toBeNull();
    write(org, 'update', 'CampaignMember', { Id: id, Status: 'Responded' });
    expect(read(org, 'CampaignMember', 'HasResponded', id)).toBe(true);
    org.clock.advance(3 * 86_400_000);
    write(org, 'update', 'CampaignMember', { Id: id, Status: 'Sent' });
    expect(read(org, 'CampaignMember', 'HasResponded', id)).toBe(false);
    expect(
      rowsOf(org, 'SELECT FirstRespondedDate FROM CampaignMember WHERE FirstRespondedDate >= 2026-03-11'),
    ).toMatchObject([{ FirstRespondedDate: '2026-03-11' }]);
  });

  it('has responded from the start when it is made so', () => {
    const org = anOrg();
    const { campaign, contact } = aCampaign(org);
    const row = { CampaignId: campaign, ContactId: contact, Status: 'Responded' };
    const id = made(org, 'CampaignMember', row);
    expect(read(org, 'CampaignMember', 'HasResponded', id)).toBe(true);
    expect(read(org, 'CampaignMember', 'FirstRespondedDate', id)).toBe('2026-03-10');
  });

  it('begins with the default status of its own campaign', () => {
    const org = anOrg();
    const { campaign, contact } = aCampaign(org);
    for (const status of org.table('CampaignMemberStatus').childrenOf('CampaignId', campaign)) {
      const id = org.table('CampaignMemberStatus').rowAt(status)?.Id ?? null;
      write(org, 'update', 'CampaignMemberStatus', { Id: id, IsDefault: false });
    }
    made(org, 'CampaignMemberStatus', {
      CampaignId: campaign,
      Label: 'Invited',
      SortOrder: 3,
      IsDefault: true,
    });
    const id = made(org, 'CampaignMember', { CampaignId: campaign, ContactId: contact });
    expect(read(org, 'CampaignMember', 'Status', id)).toBe('Invited');
  });
});
