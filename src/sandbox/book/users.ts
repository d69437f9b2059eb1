import type { Row } from '../salesforce/schema/types.js';
import type { BaseRows } from '../salesforce/store/base-rows.js';
import { instantOf } from './calendar.js';
import { indexOfRecordId, recordId } from './ids.js';
import { DRAW, type World } from './traits.js';

const USER_PREFIX = '005';
const PEOPLE = [
  ['Clara', 'Nilsson'],
  ['David', 'Okoro'],
  ['Eva', 'Lindqvist'],
  ['Farid', 'Haddad'],
  ['Greta', 'Pohl'],
  ['Henrik', 'Aas'],
  ['Irene', 'Vidal'],
  ['Jamal', 'Reid'],
  ['Katya', 'Orlova'],
  ['Leo', 'Marchetti'],
  ['Mina', 'Rahimi'],
  ['Noor', 'de Wit'],
] as const;
/** The last of them has left: owned accounts still point at an inactive user. */
const LEFT = PEOPLE.length - 1;

const IDS = PEOPLE.map((_, index) => recordId(USER_PREFIX, index));

/** Owner of an account: one of twelve, the one who left for few. The org adds its admin and integration users itself. */
export function ownerOf(world: World, account: number): string {
  const last = world.random.unit(DRAW.account, account, 40) < 0.03 ? LEFT : LEFT - 1;
  return IDS[world.random.whole(0, last, DRAW.account, account, 41)] ?? '';
}

export function userRows(world: World): BaseRows {
  return {
    count: PEOPLE.length,
    rowAt: (index) => userRow(world, index),
    indexOf: (id) => indexOfRecordId(USER_PREFIX, id, PEOPLE.length),
    childrenOf: () => null,
    newestStamp: instantOf(world.newest),
  };
}

function userRow(world: World, index: number): Row {
  const [first, last] = PEOPLE[index] ?? PEOPLE[0];
  const handle = `${first}.${last}`.toLowerCase().replace(' ', '');
  const stamp = instantOf(world.newest - index * 86_400_000);
  return {
    Id: recordId(USER_PREFIX, index),
    FirstName: first,
    LastName: last,
    Name: `${first} ${last}`,
    Username: `${handle}@truenorth.example`,
    Email: `${handle}@truenorth.example`,
    Alias: handle.slice(0, 8),
    IsActive: index !== LEFT,
    UserType: 'Standard',
    TimeZoneSidKey: 'Europe/Berlin',
    LocaleSidKey: 'en_GB',
    LanguageLocaleKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
    CreatedDate: instantOf(world.newest - 2_000 * 86_400_000),
    LastModifiedDate: stamp,
    SystemModstamp: stamp,
  };
}
