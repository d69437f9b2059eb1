import type { Row } from '../salesforce/schema/types.js';
import type { BaseRows } from '../salesforce/store/base-rows.js';
import { ACCOUNT_PREFIX, accountDomain, accountOfDomain } from './accounts.js';
import { dateOf, instantOf, momentOf } from './calendar.js';
import { childRows, stamps } from './child-rows.js';
import { recordId } from './ids.js';
import { dealtSlots, type Place, type Slots } from './slots.js';
import { DRAW, type Traits, type World } from './traits.js';
import { ownerOf } from './users.js';
import { FIRST_NAMES, LAST_NAMES, slugOf } from './words.js';

export const CONTACT_PREFIX = '003';
const FREE_MAIL = ['gmail.com', 'outlook.com', 'yahoo.com', 'web.de'] as const;
const ROLES = ['Economic Buyer', 'Champion', 'User', 'Sponsor'] as const;

function draw(world: World, place: Place, question: number): number {
  return world.random.unit(DRAW.contact, place.account, place.nth, question);
}

/** Two a head on average, more in larger companies, none at all in few. */
export function contactSlots(world: World): Slots {
  return dealtSlots({
    accounts: world.accounts,
    perAccount: 2,
    least: 0,
    weightOf: (account) => {
      const { arr, surge } = world.traitsOf(account);
      const none = !surge && world.random.unit(DRAW.contact, account) < 0.04;
      return none ? 0.0001 : 0.8 + Math.log10(arr / 2_000) + (surge ? 1 : 0);
    },
  });
}

export function contactRows(world: World, slots: Slots): BaseRows {
  return childRows(world, {
    prefix: CONTACT_PREFIX,
    parentFields: ['AccountId'],
    slots,
    rowOf: (index, place) => contactRow(world, index, place),
  });
}

interface Named {
  readonly first: string | null;
  readonly last: string;
}

function nameOf(world: World, place: Place): Named {
  const mess = draw(world, place, 1);
  const first = world.random.pick(FIRST_NAMES, DRAW.contact, place.account, place.nth, 2);
  const last = world.random.pick(LAST_NAMES, DRAW.contact, place.account, place.nth, 3);
  if (mess < 0.015) return { first: null, last: '.' };
  return { first: mess < 0.05 ? null : mess < 0.08 ? first.toUpperCase() : first, last };
}

/** The address as in the CRM: some are blank, free-mail, shouted, padded, or the same as a colleague's. */
function emailOf(world: World, place: Place): string | null {
  const { twinOf } = world.traitsOf(place.account);
  if (twinOf !== null) return emailOf(world, { ...place, account: twinOf });
  const mess = draw(world, place, 4);
  if (mess < 0.05) return null;
  if (mess < 0.08 && place.nth > 0) return emailOf(world, { ...place, nth: place.nth - 1 });
  const address = plainEmailOf(world, place, mess);
  return mess > 0.98 ? address.toUpperCase() : mess > 0.97 ? ` ${address}` : address;
}

function plainEmailOf(world: World, place: Place, mess: number): string {
  const { first, last } = nameOf(world, place);
  const local = [first, last]
    .map((part) => slugOf(part ?? ''))
    .filter((part) => part !== '')
    .join('.');
  if (mess >= 0.08 && mess < 0.13) {
    const host = world.random.pick(FREE_MAIL, DRAW.contact, place.account, place.nth, 5);
    return `${local || 'mail'}.${place.account.toString(36)}x${place.nth}@${host}`;
  }
  return `${local || 'mail'}${place.nth > 0 ? place.nth + 1 : ''}@${accountDomain(world, place.account)}`;
}

const FREE_LOCAL = /\.([0-9a-z]+)x\d+$/;

/** Index of the first contact with this address (trimmed, lower case), or -1: the address itself says which account to look in. */
export function contactWithEmail(world: World, slots: Slots, email: string): number {
  const [local = '', host = ''] = email.split('@');
  const tail = FREE_LOCAL.exec(local)?.[1];
  const free = FREE_MAIL.some((one) => one === host) && tail !== undefined;
  const first = free ? Number.parseInt(tail, 36) : accountOfDomain(world, host);
  for (let account = first; account >= 0 && account < world.accounts; account += 1) {
    if (account > first && world.traitsOf(account).twinOf === null) break;
    const of = slots.sizeOf(account);
    for (let nth = 0; nth < of; nth += 1) {
      if (emailOf(world, { account, nth, of })?.trim().toLowerCase() === email)
        return slots.firstOf(account) + nth;
    }
  }
  return -1;
}

function contactRow(world: World, index: number, place: Place): Row {
  const traits = world.traitsOf(place.account);
  const { first, last } = nameOf(world, place);
  const since = userSince(world, traits, place);
  const created = momentOf(
    since ?? traits.start + Math.floor(draw(world, place, 6) * 30),
    draw(world, place, 7),
  );
  const touched = created + Math.floor(draw(world, place, 8) * (world.newest - created));
  return {
    Id: recordId(CONTACT_PREFIX, index),
    AccountId: recordId(ACCOUNT_PREFIX, place.account),
    FirstName: first,
    LastName: last,
    Name: first === null ? last : `${first} ${last}`,
    Email: emailOf(world, place),
    Title: draw(world, place, 9) < 0.3 ? null : (ROLES[place.nth % ROLES.length] ?? null),
    Role__c: roleOf(world, place),
    ...login(world, traits, { place, since }),
    ...reach(world, traits, place),
    OwnerId: ownerOf(world, place.account),
    ...stamps(world, created, touched),
  };
}

function roleOf(world: World, place: Place): string | null {
  const mess = draw(world, place, 10);
  const role = ROLES[place.nth % ROLES.length] ?? 'User';
  const unknown = 0.04 + (1 - world.traitsOf(place.account).health) * 0.25;
  return mess < unknown ? null : mess < unknown + 0.04 ? role.toLowerCase() : role;
}

/** About one in forty of a customer's people got access 7 to 10 days ago; others whenever. Null = no product user. */
function userSince(world: World, traits: Traits, place: Place): number | null {
  const { today } = world;
  if (isNewUser(world, traits, place)) return today - 7 - Math.floor(draw(world, place, 11) * 4);
  if (draw(world, place, 12) < 0.3) return null;
  const tenure = Math.max(1, today - traits.start - 12);
  return traits.start + Math.floor(draw(world, place, 11) * tenure * 0.9);
}

function isNewUser(world: World, traits: Traits, place: Place): boolean {
  return traits.churned === null && world.today - traits.start > 11 && draw(world, place, 13) < 0.025;
}

interface Login {
  readonly place: Place;
  readonly since: number | null;
}

function login(world: World, traits: Traits, { place, since }: Login): Row {
  const never = since === null || isNewUser(world, traits, place);
  const calm = traits.health > 0.7 ? 14 : traits.health > 0.4 ? 60 : 280;
  const until = traits.churned ?? world.today - 1;
  const last = Math.max(since ?? 0, until - Math.floor(draw(world, place, 14) ** 1.3 * calm));
  return {
    Product_User_Since__c: since === null ? null : dateOf(since),
    Last_Login__c: never || draw(world, place, 15) < 0.04 ? null : dateOf(last),
  };
}

/** Whether this person may and can be written to. Those in a surge are less tidy, so that every refusal has a case. */
function reach(world: World, traits: Traits, place: Place): Row {
  const untidy = traits.surge || isNewUser(world, traits, place) ? 2.5 : 0.7 + (1 - traits.health) * 2;
  const bounced = draw(world, place, 16) < 0.03 * untidy;
  const days = 5 + Math.floor(draw(world, place, 17) * 200);
  return {
    HasOptedOutOfEmail: draw(world, place, 18) < 0.06 * untidy,
    EmailBouncedDate: bounced ? instantOf(momentOf(world.today - days, draw(world, place, 19))) : null,
    EmailBouncedReason: bounced ? '550 5.1.1 no such user' : null,
    DoNotCall: draw(world, place, 20) < 0.05,
    Left_Company__c: draw(world, place, 21) < 0.02 + (1 - traits.health) ** 2 * 0.3,
  };
}
