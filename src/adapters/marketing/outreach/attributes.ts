import type { PropertyToCreate } from '../../../ports/marketing.js';
import { configError } from './errors.js';

/** Texts of a prospect that a client may write (OpenAPI file of 2026-08-19). Opt-outs, addresses and externalId are not carried. */
const TEXTS = `
  addressCity addressCountry addressState addressStreet addressStreet2 addressZip angelListUrl campaignName
  company dateOfBirth degree eventName externalOwner externalSource facebookUrl firstName gender githubUrl
  githubUsername googlePlusUrl graduationDate jobStartDate lastName linkedInId linkedInUrl middleName nickname
  occupation personalNote1 personalNote2 preferredContact quoraUrl region school source specialties
  stackOverflowId stackOverflowUrl timeZone title twitterUrl twitterUsername websiteUrl1 websiteUrl2
  websiteUrl3`;
const CUSTOM_FIELDS = 150;

const KNOWN: ReadonlySet<string> = new Set([
  ...TEXTS.trim().split(/\s+/),
  ...Array.from({ length: CUSTOM_FIELDS }, (_, index) => `custom${index + 1}`),
]);

export function isKnownAttribute(name: string): boolean {
  return KNOWN.has(name);
}

/** Those that a prospect has no attribute for: Outreach's custom fields are fixed, and hold any text. */
export function missingAttributes(wanted: readonly PropertyToCreate[]): readonly PropertyToCreate[] {
  return wanted.filter(({ object, name }) => object !== 'contacts' || !isKnownAttribute(name));
}

/** Nothing can be made: throws Config for what is missing, and does nothing when nothing is. */
export function createAttributes(wanted: readonly PropertyToCreate[]): void {
  const [first, ...others] = missingAttributes(wanted);
  if (first === undefined) return;
  const names = [first, ...others].map(({ name }) => name).join(', ');
  throw configError('OUTREACH_ATTRIBUTE_UNKNOWN', 'create attributes', {
    message: `A prospect has no attribute ${names}, and none can be made by API.`,
    actions: [
      `Carry ${first.name} in one of custom1 to custom${CUSTOM_FIELDS} in mappings/outreach.yaml, and give that field a label in Outreach under Settings > Custom fields.`,
    ],
  });
}
