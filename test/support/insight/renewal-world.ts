import { formatDay } from '../../../src/domain/day.js';
import { settingsWith } from '../world/settings.js';
import { anAccount, aWorld, type World } from '../world/world.js';

const MAPPING = `
objects:
  account:
    object: Account
    attributes: { name: Name, industry: Industry, arr: ARR__c, ownerId: OwnerId, csmId: CSM__c, churned: Churned__c, churnedOn: Churned_On__c, renewalOn: Renewal_Date__c, criteriaAgreedOn: Criteria_Agreed__c, daysOverdue: Days_Overdue__c }
  opportunity:
    object: Opportunity
    accountField: AccountId
    attributes: { type: Type, closed: IsClosed, won: IsWon, amount: Amount, closeOn: CloseDate }
write:
  score: Truenorth_Score__c
  band: Truenorth_Band__c
  tier: Truenorth_Tier__c
  tierSince: Truenorth_Tier_Since__c
tierLock: Locked__c
`;

/** Moves are granted at once, and as many as ask for one. */
const TIERS = `
tiers: { high-touch: High-touch, hybrid: Hybrid, digital: Digital }
measure: account.arr
policy:
  thresholds:
    - { tier: high-touch, atLeast: 100000 }
    - { tier: hybrid, atLeast: 25000 }
    - { tier: digital }
calm: { margin: 1 %, minDwell: 0, maxMoves: 100 % }
`;

/** A company without playbooks whose renewals are mapped, and whose accounts change tier as soon as they cross a line. */
export function aRenewalWorld(program: string, records = false): World {
  const settings = settingsWith({}, 'brakes: { share: 100 %, missing: 100 % }', {
    'mappings/salesforce.yaml': MAPPING,
    'config/tiers.yaml': TIERS,
    'config/program.yaml': program,
  });
  return aWorld({ settings, records });
}

export function customers(
  world: World,
  count: number,
  values: Parameters<typeof anAccount>[1],
): readonly string[] {
  return Array.from({ length: count }, (_, nth) => anAccount(world, { Name: `Customer ${nth}`, ...values }));
}

interface Deal {
  readonly type: 'New' | 'Renewal' | 'Expansion';
  readonly won: boolean;
  readonly amount: number;
  /** Local day; today when absent. */
  readonly on?: number;
}

/** A deal that was closed. */
export function aDeal({ crm, today }: World, account: string, { type, won, amount, on }: Deal): void {
  crm.tables.insert('Opportunity', {
    AccountId: account,
    Type: type,
    IsClosed: true,
    IsWon: won,
    Amount: amount,
    CloseDate: formatDay(on ?? today()),
  });
}
