import { z } from 'zod';
import { all, each, type Resource, words } from './resource.js';

/** Texts of at most 255 characters. */
const TEXTS = words(`
  addressCity addressCountry addressState addressStreet addressStreet2 addressZip angelListUrl campaignName
  company degree eventName externalId externalOwner externalSource facebookUrl firstName gender githubUsername
  googlePlusUrl lastName linkedInId middleName nickname occupation preferredContact quoraUrl region school
  source stackOverflowId timeZone title twitterUsername`);
/** Texts with room for more. */
const LONG_TEXTS = words(`
  githubUrl linkedInUrl personalNote1 personalNote2 specialties stackOverflowUrl twitterUrl websiteUrl1
  websiteUrl2 websiteUrl3`);
const TIMES = words('addedAt availableAt dateOfBirth graduationDate jobStartDate');
const LISTS = words('homePhones mobilePhones otherPhones tags voipPhones workPhones');
const CUSTOM_FIELDS = 150;
const CUSTOM = Array.from({ length: CUSTOM_FIELDS }, (_, index) => `custom${index + 1}`);
const READ_ONLY_TIMES = words('callsOptedAt emailsOptedAt engagedAt optedOutAt touchedAt');

const text = (longest: number) => z.string().max(longest).nullable();

/** What a client may write; anything else is refused. */
export const PROSPECT_ATTRIBUTES = z
  .strictObject({
    emails: z.array(z.string().max(255)),
    optedOut: z.boolean(),
    emailOptedOut: z.boolean(),
    emailsOptStatus: z.enum(['opted_in', 'opted_out']).nullable(),
    callsOptStatus: z.enum(['opted_in', 'opted_out']).nullable(),
    score: z.number().nullable(),
    ...Object.fromEntries(TEXTS.map((name) => [name, text(255)])),
    ...Object.fromEntries(LONG_TEXTS.map((name) => [name, text(65_535)])),
    ...Object.fromEntries(CUSTOM.map((name) => [name, text(32_000)])),
    ...Object.fromEntries(TIMES.map((name) => [name, text(40)])),
    ...Object.fromEntries(LISTS.map((name) => [name, z.array(z.string())])),
  })
  .partial();

export const PROSPECT: Resource = {
  type: 'prospect',
  path: 'prospects',
  defaults: {
    emails: [],
    name: null,
    ...each(null, [...TEXTS, ...LONG_TEXTS, ...TIMES, ...READ_ONLY_TIMES]),
    ...each([], LISTS),
    ...each(0, words('clickCount engagedScore openCount replyCount')),
    ...each(false, words('callOptedOut emailOptedOut optedOut')),
    ...each(null, words('callsOptStatus emailsOptStatus score')),
    ...each(null, CUSTOM),
    createdAt: null,
    updatedAt: null,
  },
  filterable: {
    ...all('number', words('id engagedScore account.id owner.id')),
    ...all('time', words('createdAt updatedAt engagedAt touchedAt')),
    ...all('text', words('externalSource firstName githubUsername lastName linkedInId')),
    ...all('text', words('stackOverflowId timeZone title twitterUsername')),
    emails: 'texts',
  },
  toOne: { account: 'account', owner: 'user', creator: 'user', updater: 'user' },
  toMany: { mailings: 'mailings', sequenceStates: 'sequenceStates' },
};
