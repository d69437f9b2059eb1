import type { Playbook } from '../../domain/engagement/playbook.js';
import { FACTS_OF_ACCOUNT, FACTS_OF_CONTACT, isDerivable } from '../../domain/facts/catalogue.js';
import type { CrmMapping } from '../../ports/mapping.js';
import { type Vocabulary, withoutOutcomes } from '../expressions/vocabulary.js';
import type { FileSet, ReadPlaybook } from '../file-set.js';
import type { CustomFacts, Resolved } from '../resolved.js';
import { BUILT_IN } from './built-in-signals.js';
import type { Findings } from './findings.js';
import { checkHealth } from './health.js';
import { checkHubspotMapping } from './hubspot-mapping.js';
import { checkPlaybook } from './playbooks.js';
import { readerOf } from './reader.js';
import { checkSalesforceMapping, customFactsOf } from './salesforce-mapping.js';
import { checkTiers } from './tiers.js';

/** `account.arr`, `case.openedAt`, `account.custom.contract`: all that is read. */
function mappedAttributes(crm: CrmMapping): ReadonlySet<string> {
  return new Set(
    crm.objects.flatMap(({ kind, attributes }) => attributes.map(({ attribute }) => `${kind}.${attribute}`)),
  );
}

/** What can be known with a mapping; without a readable mapping everything, so that other files are still checked. */
function knownFacts(crm: CrmMapping | null, custom: CustomFacts): (fact: string) => boolean {
  if (crm === null) return () => true;
  const mapped = mappedAttributes(crm);
  const facts = { ...FACTS_OF_ACCOUNT, ...FACTS_OF_CONTACT };
  const known = new Set(
    Object.entries(facts).flatMap(([id, fact]) => (isDerivable(fact, mapped) ? [id] : [])),
  );
  return (fact) => known.has(fact) || custom[fact] !== undefined;
}

interface Vocabularies {
  /** Scores and tiers: no outcomes. */
  readonly scoring: Vocabulary;
  readonly account: Vocabulary;
  readonly person: Vocabulary;
}

function vocabulariesFor(custom: CustomFacts): Vocabularies {
  const account = { ...FACTS_OF_ACCOUNT, ...custom };
  const aboutPersons = Object.keys(FACTS_OF_CONTACT).map((id) => [
    id,
    'it is about one person; use it where "per" is person',
  ]);
  const refused = Object.fromEntries(aboutPersons);
  const scoring = withoutOutcomes(account);
  return {
    scoring: { facts: scoring.facts, refused: { ...scoring.refused, ...refused } },
    account: { facts: account, refused },
    person: { facts: { ...account, ...FACTS_OF_CONTACT }, refused: {} },
  };
}

function checkPriorities(playbooks: readonly ReadPlaybook[], findings: Findings): void {
  const seen = new Map<number, string>();
  for (const { id, read } of playbooks) {
    const { priority } = read.value;
    const other = seen.get(priority);
    if (other !== undefined) {
      findings.report(
        read.file.problemAt(
          ['priority'],
          `priority ${priority} is used by "${other}" already; priorities are unique`,
        ),
      );
    }
    seen.set(priority, id);
  }
}

function checkPlaybooks(
  playbooks: readonly ReadPlaybook[],
  vocabularies: Vocabularies,
  findings: Findings,
): readonly Playbook[] {
  checkPriorities(playbooks, findings);
  const checked = playbooks.map(({ id, read }) =>
    checkPlaybook(id, read, {
      account: readerOf(read.file, vocabularies.account, findings),
      person: readerOf(read.file, vocabularies.person, findings),
    }),
  );
  return checked.sort((a, b) => b.priority - a.priority);
}

/** Checks everything that is not about shape; null where a file was not usable. */
export function checkFileSet(set: FileSet, findings: Findings): Omit<Resolved, 'notes'> | null {
  const { health, tiers, service, salesforce, hubspot } = set;
  const customFacts = salesforce ? customFactsOf(salesforce.value) : {};
  const vocabularies = vocabulariesFor(customFacts);
  const crm = salesforce && checkSalesforceMapping(salesforce, findings);
  const marketing = hubspot && checkHubspotMapping(hubspot, customFacts, findings);
  const known = knownFacts(crm, customFacts);
  const reader = (file: NonNullable<typeof health | typeof tiers>['file']) =>
    readerOf(file, vocabularies.scoring, findings);
  const policy = health && checkHealth(health, { reader: reader(health.file), builtIn: BUILT_IN, known });
  const rules = tiers && checkTiers(tiers, reader(tiers.file));
  const playbooks = checkPlaybooks(set.playbooks, vocabularies, findings);
  if (!policy || !rules || !service || !crm || !marketing) return null;
  return { health: policy, tiers: rules, playbooks, service: service.value, crm, marketing, customFacts };
}
