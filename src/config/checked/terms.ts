import { CONTACT_ROLES, type SubjectKind } from '../../domain/engagement/playbook.js';
import {
  FACTS_OF_ACCOUNT,
  FACTS_OF_CONTACT,
  FACTS_OF_MOMENT,
  FACTS_OF_REQUEST,
  FACTS_OF_STANDING,
  isDerivable,
} from '../../domain/facts/catalogue.js';
import { dayFact } from '../../domain/facts/define.js';
import type { FactDefinition } from '../../domain/facts/fact.js';
import { type CrmMapping, mappedAttributes } from '../../ports/mapping.js';
import { withoutOutcomes } from '../expressions/vocabulary.js';
import type { CustomFacts } from '../resolved.js';
import type { Terms } from './reader.js';

type Facts = Readonly<Record<string, FactDefinition>>;

/** What expressions may read, by where they stand. */
export interface AllTerms {
  /** Scores and tiers: no outcomes, and nothing that follows from scores and tiers. */
  readonly scoring: Terms;
  /** Moments: the account alone. */
  readonly moments: Terms;
  /** Playbooks, by what their trigger is about. */
  readonly subject: Readonly<Record<SubjectKind, Terms>>;
}

/** What the other files say that expressions can name. */
export interface Named {
  readonly custom: CustomFacts;
  /** Null = the file could not be read, so that nothing is said of tiers. */
  readonly tiers: readonly string[] | null;
  readonly moments: readonly string[];
  /** Days of the program, and whether each is set. */
  readonly dates: Readonly<Record<string, boolean>>;
}

const OF_SUBJECT: Readonly<Record<SubjectKind, Facts>> = {
  account: {},
  person: FACTS_OF_CONTACT,
  request: FACTS_OF_REQUEST,
  moment: FACTS_OF_MOMENT,
};

const ABOUT_ONE: Readonly<Record<SubjectKind, string>> = {
  account: '',
  person: 'it is about one person; use it where "per" is person',
  request: 'it is about one request; use it where "per" is request',
  moment: 'it is about one moment; use it where "per" is moment',
};

const STANDING_WHY =
  'it is what Truenorth itself makes of the account, and a score or a tier that read it would read itself; playbooks may';
const PROGRAM_WHY = 'a day of the program says nothing about how a customer is doing; playbooks may read it';
const BEFORE_WHY =
  'moments are looked at before it is known; write the condition over the account’s own facts';

function refusing(facts: Facts, why: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(facts).map((id) => [id, why]));
}

/** Facts of the other subjects, with what would let them be read. */
function othersThan(subject: SubjectKind): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(OF_SUBJECT)
      .filter(([kind]) => kind !== subject)
      .flatMap(([kind, facts]) => Object.entries(refusing(facts, ABOUT_ONE[kind as SubjectKind]))),
  );
}

/** Without a readable mapping everything counts as known, so that the other files are still checked. */
function knownFacts(crm: CrmMapping | null, named: Named): (fact: string) => boolean {
  if (crm === null) return () => true;
  const mapped = mappedAttributes(crm);
  const facts = Object.entries({
    ...FACTS_OF_ACCOUNT,
    ...FACTS_OF_CONTACT,
    ...FACTS_OF_REQUEST,
    ...FACTS_OF_MOMENT,
    ...FACTS_OF_STANDING,
  });
  const derivable = facts.filter(([, fact]) => isDerivable(fact, mapped)).map(([id]) => id);
  const possible = derivable.filter((id) => named.moments.length > 0 || !/^moments?\./.test(id));
  const dates = Object.keys(named.dates).filter((name) => named.dates[name]);
  const known = new Set([
    ...possible,
    ...Object.keys(named.custom),
    ...dates.map((name) => `program.${name}`),
  ]);
  return (fact) => known.has(fact);
}

function programFacts({ dates }: Named): Facts {
  return Object.fromEntries(
    Object.keys(dates).map((name) => [`program.${name}`, dayFact(`day of the program: ${name}`, [])]),
  );
}

/** What the texts of ours can be; the customer's own categories are not in here. */
function textsOf({ tiers, moments }: Named): Readonly<Record<string, readonly string[]>> {
  const bands = ['healthy', 'watch', 'risk', 'unknown'];
  const phases = ['onboarding', 'ongoing'];
  return {
    'health.band': bands,
    'health.bandBefore': bands,
    ...(tiers === null ? {} : { 'tier.id': [...tiers, 'unassigned'] }),
    'journey.phase': phases,
    'journey.stage': ['land', 'renew', 'expand', 'adopt'],
    'contact.role': CONTACT_ROLES,
    'moment.id': moments,
    'moment.phase': phases,
    'request.kind': ['message', 'form', 'meeting', 'reply', 'case'],
  };
}

const PERIOD = 'moment.periodStart';
/** A moment may ask what has happened since its own period began. */
const OF_PERIOD: Facts = { [PERIOD]: FACTS_OF_MOMENT[PERIOD] };

function withoutPeriod(refused: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(refused).filter(([id]) => id !== PERIOD));
}

/** The terms of an org: the catalogue, its own facts, and what of them its mapping lets be known. */
export function termsFor(crm: CrmMapping | null, named: Named): AllTerms {
  const known = knownFacts(crm, named);
  const values = textsOf(named);
  const account = { ...FACTS_OF_ACCOUNT, ...named.custom };
  const program = programFacts(named);
  const scoring = withoutOutcomes(account);
  const ours = (standing: string) => ({
    ...refusing(FACTS_OF_STANDING, standing),
    ...refusing(program, standing === BEFORE_WHY ? BEFORE_WHY : PROGRAM_WHY),
    ...othersThan('account'),
  });
  const about = (kind: SubjectKind): Terms => ({
    known,
    vocabulary: {
      facts: { ...account, ...FACTS_OF_STANDING, ...program, ...OF_SUBJECT[kind] },
      refused: othersThan(kind),
      values,
    },
  });
  return {
    scoring: {
      known,
      vocabulary: { facts: scoring.facts, refused: { ...scoring.refused, ...ours(STANDING_WHY) }, values },
    },
    moments: {
      known,
      vocabulary: { facts: { ...account, ...OF_PERIOD }, refused: withoutPeriod(ours(BEFORE_WHY)), values },
    },
    subject: {
      account: about('account'),
      person: about('person'),
      request: about('request'),
      moment: about('moment'),
    },
  };
}
