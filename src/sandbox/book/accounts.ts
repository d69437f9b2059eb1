import type { Row } from '../salesforce/schema/types.js';
import { dateOf, instantOf, momentOf, nextAnniversary } from './calendar.js';
import { recordId } from './ids.js';
import { DRAW, type Traits, type World } from './traits.js';
import { ownerOf } from './users.js';
import { COUNTRIES, companyName, companySlug, INDUSTRIES, regionOf, SOURCES } from './words.js';

export const ACCOUNT_PREFIX = '001';
const FEATURES = 24;

/** Draws about an account, one number per question. */
function draw(world: World, account: number, question: number): number {
  return world.random.unit(DRAW.account, account, question);
}

function accountName(world: World, account: number): string {
  const { twinOf } = world.traitsOf(account);
  if (twinOf !== null)
    return `${accountName(world, twinOf)
      .replace(/ (Inc\.|GmbH|Ltd|AG|LLC)$/, '')
      .toUpperCase()}`;
  const name = companyName({
    front: draw(world, account, 1),
    back: draw(world, account, 2),
    form: draw(world, account, 3),
    foreign: draw(world, account, 4),
  });
  const mess = draw(world, account, 5);
  if (mess < 0.003) return '.';
  return mess < 0.02 ? ` ${name}  ` : mess < 0.04 ? name.toLowerCase() : name;
}

/** Mail domain: the company's slug and its index in base 36, so that an address leads back to its account. */
export function accountDomain(world: World, account: number): string {
  const { twinOf } = world.traitsOf(account);
  if (twinOf !== null) return accountDomain(world, twinOf);
  const slug = companySlug({ front: draw(world, account, 1), back: draw(world, account, 2) });
  return `${slug}-${account.toString(36)}.example`;
}

/** Account whose domain this is; -1 when it is none of ours. */
export function accountOfDomain(world: World, domain: string): number {
  const match = /-([0-9a-z]+)\.example$/.exec(domain);
  const account = match?.[1] === undefined ? -1 : Number.parseInt(match[1], 36);
  return account >= 0 && account < world.accounts && accountDomain(world, account) === domain ? account : -1;
}

export function accountRow(world: World, account: number): Row {
  const traits = world.traitsOf(account);
  const created = momentOf(traits.start - Math.floor(draw(world, account, 6) * 60), draw(world, account, 7));
  const stamp = account === 0 ? world.newest : stampOf(world, traits, created);
  return {
    Id: recordId(ACCOUNT_PREFIX, account),
    Name: accountName(world, account),
    ...profile(world, account),
    ...contract(world, traits),
    ...perception(world, traits),
    OwnerId: ownerOf(world, account),
    ParentId: parentOf(world, account),
    IsDeleted: false,
    CreatedDate: instantOf(created),
    LastModifiedDate: instantOf(stamp),
    SystemModstamp: instantOf(stamp),
  };
}

/** Touched at random in the last 400 days, but never before it was made. */
function stampOf(world: World, traits: Traits, created: number): number {
  const back = draw(world, traits.index, 8) ** 2 * 400 * 86_400_000;
  return Math.max(created, world.newest - 60_000 - Math.floor(back));
}

const GROUP = 16;

/** About one in twenty belongs to a group, headed by the first account of its sixteen. */
function parentOf(world: World, account: number): string | null {
  const parent = account - (account % GROUP);
  if (parent === account || draw(world, account, 9) >= 0.05) return null;
  return recordId(ACCOUNT_PREFIX, parent);
}

/** Indexes of the accounts whose parent this one is. */
export function subsidiariesOf(world: World, account: number): readonly number[] {
  if (account < 0 || account % GROUP !== 0) return [];
  const last = Math.min(account + GROUP, world.accounts);
  const others = Array.from({ length: last - account - 1 }, (_, at) => account + 1 + at);
  return others.filter((one) => parentOf(world, one) !== null);
}

function profile(world: World, account: number): Row {
  const { random } = world;
  const country = random.pick(COUNTRIES, DRAW.account, account, 10);
  const { twinOf, churned } = world.traitsOf(account);
  return {
    Industry: draw(world, account, 11) < 0.06 ? null : random.pick(INDUSTRIES, DRAW.account, account, 12),
    BillingCountry: draw(world, account, 13) < 0.03 ? null : country,
    Region__c: regionOf(country),
    Type:
      churned === null
        ? random.pick(
            ['Customer - Direct', 'Customer - Direct', 'Customer - Channel'],
            DRAW.account,
            account,
            14,
          )
        : 'Other',
    AccountSource: random.pick(SOURCES, DRAW.account, account, 15),
    Website:
      twinOf === null && draw(world, account, 16) < 0.08
        ? null
        : `https://www.${accountDomain(world, account)}`,
    Phone: `+49 30 5550 ${String(random.whole(0, 9999, DRAW.account, account, 17)).padStart(4, '0')}`,
    NumberOfEmployees:
      random.whole(5, 60, DRAW.account, account, 18) *
      Math.max(1, Math.round(world.traitsOf(account).seats / 20)),
  };
}

function contract(world: World, traits: Traits): Row {
  const { index, churned, start } = traits;
  const renewal = nextAnniversary(start, world.today + (draw(world, index, 20) < 0.02 ? -20 : 0));
  return {
    ARR__c: draw(world, index, 21) < 0.04 ? null : traits.arr,
    Seats__c: draw(world, index, 22) < 0.03 ? null : traits.seats,
    Customer_Since__c: draw(world, index, 23) < 0.02 ? null : dateOf(start),
    Renewal_Date__c: churned !== null || draw(world, index, 24) < 0.03 ? null : dateOf(renewal),
    Features_Entitled__c: FEATURES,
    Features_Used__c: featuresUsed(world, traits),
    Churned__c: churned !== null,
    Churn_Date__c: churned === null ? null : dateOf(churned),
    Days_Overdue__c: daysOverdue(world, traits),
    Strategic__c: draw(world, index, 25) < (traits.arr > 100_000 ? 0.2 : 0.01),
    CSM__c: traits.arr >= 25_000 || draw(world, index, 26) < 0.4 ? ownerOf(world, index + 7) : null,
  };
}

function featuresUsed(world: World, traits: Traits): number | null {
  if (!traits.telemetry) return null;
  const share = 0.1 + traits.health * 0.7 + (draw(world, traits.index, 27) - 0.5) * 0.25;
  return Math.max(0, Math.min(FEATURES, Math.round(share * FEATURES)));
}

function daysOverdue(world: World, traits: Traits): number | null {
  const late = draw(world, traits.index, 28);
  if (late > 0.9) return null;
  return late < 0.6 * (1.05 - traits.health) ** 1.5 ? 5 + Math.floor(draw(world, traits.index, 29) * 100) : 0;
}

/** What people say rather than what they click; a watermelon's is worse than its usage. */
function perception(world: World, traits: Traits): Row {
  const felt = traits.watermelon ? 0.2 : traits.health;
  const asked = draw(world, traits.index, 30);
  const noise = felt + (draw(world, traits.index, 31) - 0.5) * 0.3;
  const agreed = Math.min(
    world.today - 1,
    traits.start + 20 + Math.floor(draw(world, traits.index, 32) * 60),
  );
  const reviewed = world.today - 1 - Math.floor(draw(world, traits.index, 33) * (felt > 0.6 ? 150 : 420));
  const hasCriteria = agreed > traits.start && draw(world, traits.index, 34) < 0.6 + felt * 0.55;
  return {
    Value_Perception__c:
      asked < 0.4 ? null : noise > 0.65 ? 'Essential' : noise > 0.3 ? 'Nice to have' : 'No longer needed',
    Used_As_Intended__c:
      asked > 0.7
        ? null
        : noise > 0.5
          ? asked < 0.05
            ? 'YES'
            : 'Yes'
          : noise > 0.25
            ? 'To be checked'
            : 'No',
    Success_Criteria_Agreed__c: hasCriteria ? dateOf(agreed) : null,
    Success_Criteria_Reviewed__c: hasCriteria ? dateOf(Math.max(agreed, reviewed)) : null,
  };
}
