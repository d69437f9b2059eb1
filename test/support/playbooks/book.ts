import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { heldOut } from '../../../src/domain/engagement/holdout.js';
import { makeId } from '../../../src/sandbox/salesforce/ids.js';
import { at, on } from './days.js';
import { shipped } from './shipped.js';
import { ROLES, type Role, type Story, type Used, type Values } from './story.js';

export const SEED = 7;
/** The embedded org of this seed: what hold-outs are drawn with. */
const ORG = makeId('00D', 1 + SEED);
export const OWNER = { Id: makeId('005', 1), Email: 'owner@vendor.example' };
export const CSM = { Id: makeId('005', 2), Email: 'csm@vendor.example' };
/** An account that fills every column once, so that the export tells what each of them holds. */
const PATTERN = makeId('001', 1);
/** Weeks of use that lie before day 0. */
const WEEKS_BEFORE = 16;

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The account of the n-th story: one that the draw keeps out of the playbook only where the story is about that. */
export function accountOf(nth: number, { playbook, heldOut: out = false }: Story): string {
  const { holdout: share } = shipped(playbook);
  for (let tried = 0; ; tried += 1) {
    const account = makeId('001', 1000 * (nth + 1) + tried);
    if (heldOut(sha, { salt: ORG, playbook, account, share }) === out) return account;
  }
}

export function contactOf(nth: number, role: Role): string {
  return makeId('003', 10 * (nth + 1) + ROLES.indexOf(role));
}

export function emailOf(nth: number, role: Role): string {
  return `${role}@customer${nth}.example`;
}

export function usageOn(account: string, week: number, used: Used): Values {
  const { feature = 'reports', times, users, keys } = used;
  return {
    Account__c: account,
    On__c: on(7 * week),
    Feature__c: feature,
    Times__c: times,
    Active_Users__c: users,
    Key_Actions__c: keys,
    Errors__c: 0,
  };
}

/** The feed goes on whatever a customer does: somebody always works. */
export function feedRow(week: number): Values {
  return usageOn(PATTERN, week, { times: 10, users: 1, keys: 1 });
}

/** A data export in which every story has its account. */
export function writeBook(stories: readonly Story[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'truenorth-stories-'));
  const write = (object: string, rows: readonly Values[]): void =>
    writeFileSync(join(folder, `${object}.csv`), csv(rows));
  write('User', users());
  write('Account', [pattern(), ...stories.map((story, nth) => account(nth, story))]);
  write('Contact', [
    contact({
      ...ROLE_OF_PATTERN,
      AccountId: PATTERN,
      Product_User_Since__c: on(-300),
      Last_Login__c: on(-1),
    }),
    ...stories.flatMap((story, nth) => people(nth, story)),
  ]);
  for (const [object, row] of Object.entries(PATTERNS)) write(object, [row]);
  write('Product_Usage__c', used(stories));
  return folder;
}

function users(): readonly Values[] {
  return [OWNER, CSM].map((user) => ({
    ...user,
    FirstName: 'Some',
    LastName: 'Body',
    Username: user.Email,
    IsActive: true,
  }));
}

const EMPTY_ACCOUNT: Values = {
  ARR__c: null,
  Seats__c: null,
  Features_Entitled__c: null,
  Customer_Since__c: null,
  Renewal_Date__c: null,
  Wants_Contact__c: false,
  Value_Perception__c: null,
  Criteria_Agreed__c: null,
  Criteria_Reviewed__c: null,
  Days_Overdue__c: null,
  Churned__c: false,
  Churned_On__c: null,
  Incident_Since__c: null,
  Engagement_Locked__c: false,
};

function account(nth: number, story: Story): Values {
  const Name = `${story.playbook} ${nth}`;
  return {
    Id: accountOf(nth, story),
    Name,
    OwnerId: OWNER.Id,
    CSM__c: CSM.Id,
    ...EMPTY_ACCOUNT,
    ...story.account,
  };
}

function pattern(): Values {
  return {
    Id: PATTERN,
    Name: 'Pattern',
    OwnerId: OWNER.Id,
    CSM__c: CSM.Id,
    ...EMPTY_ACCOUNT,
    ARR__c: 1,
    Seats__c: 1,
    Features_Entitled__c: 1,
    Customer_Since__c: on(-500),
    Renewal_Date__c: on(-100),
    Value_Perception__c: 'Essential',
    Criteria_Agreed__c: on(-500),
    Criteria_Reviewed__c: on(-20),
    Days_Overdue__c: 0,
    Churned_On__c: on(-600),
    Incident_Since__c: on(-600),
    Churned__c: true,
  };
}

const ROLE_OF_PATTERN: Values = { Id: makeId('003', 1), Role__c: 'other', Email: 'pattern@pattern.example' };

function contact(values: Values): Values {
  return {
    FirstName: 'Some',
    LastName: 'Body',
    Role__c: null,
    HasOptedOutOfEmail: false,
    EmailBouncedDate: null,
    Left_Company__c: false,
    Product_User_Since__c: null,
    Last_Login__c: null,
    ...values,
  };
}

function people(nth: number, story: Story): readonly Values[] {
  return (story.people ?? ROLES).map((role) =>
    contact({
      Id: contactOf(nth, role),
      AccountId: accountOf(nth, story),
      Role__c: role,
      Email: emailOf(nth, role),
    }),
  );
}

/** The one row of each object that the stories fill later. */
const PATTERNS: Readonly<Record<string, Values>> = {
  Opportunity: {
    Id: makeId('006', 1),
    AccountId: PATTERN,
    Name: 'Pattern',
    StageName: 'Closed Won',
    Type: 'Other',
    Amount: 1,
    CloseDate: on(-500),
  },
  Case: {
    Id: makeId('500', 1),
    AccountId: PATTERN,
    Status: 'Closed',
    IsClosed: true,
    Priority: 'Low',
    CreatedDate: new Date(at(-400, 9)).toISOString(),
    ClosedDate: new Date(at(-399, 9)).toISOString(),
    CSAT__c: 5,
    First_Response_At__c: new Date(at(-400, 10)).toISOString(),
    Cause__c: 'product',
    Expansion_Hint__c: false,
  },
  Survey_Answer__c: {
    Id: makeId('a02', 1),
    Account__c: PATTERN,
    Answered_On__c: on(-400),
    Kind__c: 'effort',
    Score__c: 5,
    Contact__c: makeId('003', 1),
  },
  Touchpoint__c: {
    Id: makeId('a03', 1),
    Account__c: PATTERN,
    On__c: on(-1),
    Kind__c: 'Call',
    Two_Way__c: true,
    Outcome__c: 'held',
  },
  Customer_Request__c: {
    Id: makeId('a04', 1),
    Account__c: PATTERN,
    Kind__c: 'form',
    First_Answer__c: new Date(at(-400, 9)).toISOString(),
    Resolved__c: true,
    Contact__c: makeId('003', 1),
    CreatedDate: new Date(at(-400, 8)).toISOString(),
  },
};

function used(stories: readonly Story[]): readonly Values[] {
  const weeks = Array.from({ length: WEEKS_BEFORE }, (_, index) => index - WEEKS_BEFORE);
  const rows = weeks.flatMap((week) => [
    feedRow(week),
    ...stories.flatMap((story, nth) =>
      (story.usage?.(week) ?? []).map((row) => usageOn(accountOf(nth, story), week, row)),
    ),
  ]);
  return rows.map((row, index) => ({ Id: makeId('a01', index + 1), ...row }));
}

function csv(rows: readonly Values[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const line = (row: Values): string => columns.map((column) => String(row[column] ?? '')).join(',');
  return `${[columns.join(','), ...rows.map(line)].join('\n')}\n`;
}
