import { editYaml, type YamlEdit } from '../../config/drafts/edit-yaml.js';
import type { SalesforceMappingDraft } from '../../config/drafts/salesforce-mapping-draft.js';
import { WRITTEN_FIELDS } from '../../ports/mapping.js';
import type { Draft, DraftAttribute, DraftObject } from './draft.js';
import { twoDigits } from './two-digits.js';

/** Our field for each written value: `Truenorth_Score_Changed_On__c`. */
function ourField(fact: string): string {
  const words = fact.replace(/([A-Z])/g, '_$1');
  return `Truenorth_${words.charAt(0).toUpperCase()}${words.slice(1)}__c`;
}

/** A value that describes a state is left where nothing new is known; all others are cleared. */
const LEFT = new Set(['scoreChangedOn', 'tier', 'tierSince', 'lastEnrolmentOn']);

/** mappings/salesforce.yaml as data, ready to be written down. */
export function mappingDraft(draft: Draft, orgName: string): SalesforceMappingDraft {
  return {
    introduction: [
      `Drafted by "truenorth init" from the fields of ${orgName} and a sample of their rows.`,
      'Our words on the left, your Salesforce fields on the right. Truenorth reads the fields named here',
      'and no others, and writes only what stands under "write". What is left out is unknown to it.',
      '',
    ],
    objects: draft.objects.map(objectDraft),
    write: Object.fromEntries(
      WRITTEN_FIELDS.map((fact) => [
        fact,
        { field: ourField(fact), onNull: LEFT.has(fact) ? ('leave' as const) : ('clear' as const) },
      ]),
    ),
    tierLock: 'Truenorth_Tier_Lock__c',
  };
}

function objectDraft(object: DraftObject): SalesforceMappingDraft['objects'][number] {
  return {
    kind: object.kind,
    object: object.object,
    accountField: object.accountField,
    stampField: 'SystemModstamp',
    where: null,
    fields: object.attributes.map(fieldDraft),
    custom: object.custom.map((fact) => ({ ...fact, translate: null, whenEmpty: null, remark: null })),
  };
}

function fieldDraft({ attribute, field, translation }: DraftAttribute) {
  const translate =
    translation !== null && Object.keys(translation.translate).length > 0 ? translation.translate : null;
  return { name: attribute, field, translate, whenEmpty: null, remark: null };
}

/** config/tiers.yaml with a measure that this org has, and lines that part its book. */
export function tiersText(shipped: string, draft: Draft): string {
  const mapped = (kind: string, attribute: string): boolean =>
    draft.objects.some(
      (object) => object.kind === kind && object.attributes.some((found) => found.attribute === attribute),
    );
  if (mapped('account', 'arr')) return editYaml(shipped, proposedLines(draft.revenues));
  if (!mapped('opportunity', 'amount')) return shipped;
  return editYaml(shipped, [
    { path: ['measure'], value: 'account.revenue12m', remark: 'no field for recurring revenue was found' },
    { path: ['measureLabel'], value: 'Revenue in 12 months', remark: null },
  ]);
}

/** The shipped lines stand unless they would give more than this share of the book to a person each. */
const MOST_PERSONAL = 0.2;
const SHIPPED_TOP_LINE = 100_000;
const ENOUGH = 20;
/** Shares of accounts above each proposed line. */
const SHARES = [0.05, 0.2] as const;

function proposedLines(revenues: readonly number[]): readonly YamlEdit[] {
  const above = revenues.filter((revenue) => revenue >= SHIPPED_TOP_LINE).length;
  if (revenues.length < ENOUGH || above <= MOST_PERSONAL * revenues.length) return [];
  const sorted = [...revenues].sort((a, b) => b - a);
  return SHARES.map((share, index) => ({
    path: ['policy', 'thresholds', index, 'atLeast'],
    value: twoDigits(sorted[Math.floor(share * sorted.length)] ?? SHIPPED_TOP_LINE),
    remark: `proposed from a sample: ${Math.round(share * 100)} % of accounts lie above`,
  }));
}
