import type { OutreachMapping } from '../../ports/mapping.js';
import type { Normalised } from '../normalised/normalise.js';
import type { WrittenOutreachMapping } from '../normalised/outreach-mapping.js';
import type { CustomFacts } from '../resolved.js';
import { carriedByPerson } from './carried.js';
import type { Findings } from './findings.js';
import { NO_FACTS, readerOf } from './reader.js';

/** What ties a prospect to its contact, or says whether it may be written to: never carried over it. */
const OURS_OR_THEIRS: Readonly<Record<string, string>> = {
  externalId: 'it holds the Salesforce contact id',
  emails: 'the address comes with the person',
  optedOut: 'whether somebody opted out is theirs to say',
  emailOptedOut: 'whether somebody opted out is theirs to say',
  emailsOptStatus: 'whether somebody opted out is theirs to say',
  callsOptStatus: 'whether somebody opted out is theirs to say',
};

/** Checks mappings/outreach.yaml. */
export function checkOutreachMapping(
  { file, value }: Normalised<WrittenOutreachMapping>,
  custom: CustomFacts,
  findings: Findings,
): OutreachMapping {
  const reader = readerOf(file, NO_FACTS, findings);
  const names = carriedByPerson(custom);
  const contact = Object.entries(value.prospect).map(([property, fact]) => {
    const path = ['prospect', property];
    const taken = OURS_OR_THEIRS[property];
    if (taken !== undefined) reader.wrongKey(path, `"${property}" can’t carry anything: ${taken}`);
    reader.name('value to carry', fact, names, path);
    return { fact, property };
  });
  return { contact };
}
