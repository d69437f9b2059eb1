import type { CarryMapping, MarketingMapping } from '../../ports/mapping.js';
import type { WrittenHubspotMapping } from '../normalised/hubspot-mapping.js';
import type { Normalised } from '../normalised/normalise.js';
import type { CustomFacts } from '../resolved.js';
import { carriedByCompany, carriedByPerson } from './carried.js';
import type { Findings } from './findings.js';
import { NO_FACTS, type Reader, readerOf } from './reader.js';

interface Carried {
  readonly group: 'contact' | 'company';
  readonly written: Readonly<Record<string, string>>;
  readonly names: readonly string[];
  readonly stamp: string;
}

function carry(reader: Reader, { group, written, names, stamp }: Carried): readonly CarryMapping[] {
  return Object.entries(written).map(([property, fact]) => {
    reader.name('value to carry', fact, names, [group, property]);
    if (property === stamp)
      reader.wrongKey([group, property], `"${property}" is the stamp; it can’t carry anything else`);
    return { fact, property };
  });
}

/** Checks mappings/hubspot.yaml. */
export function checkHubspotMapping(
  { file, value }: Normalised<WrittenHubspotMapping>,
  custom: CustomFacts,
  findings: Findings,
): MarketingMapping {
  const reader = readerOf(file, NO_FACTS, findings);
  const [ofCompany, ofContact] = [carriedByCompany(custom), carriedByPerson(custom)];
  const { contactStamp, companyStamp, contact, company } = value;
  return {
    contactStamp,
    companyStamp,
    contact: carry(reader, { group: 'contact', written: contact, names: ofContact, stamp: contactStamp }),
    company: carry(reader, { group: 'company', written: company, names: ofCompany, stamp: companyStamp }),
  };
}
