import type { MarketingMapping } from '../ports/mapping.js';
import type { PropertyToCreate } from '../ports/marketing.js';

/** Properties of ours that the marketing tool needs: the stamps that tie records together, and what is carried. */
export function marketingProperties(mapping: MarketingMapping): readonly PropertyToCreate[] {
  return [
    {
      object: 'contacts',
      name: mapping.contactStamp,
      label: 'Salesforce contact id',
      type: 'string',
      unique: true,
    },
    {
      object: 'companies',
      name: mapping.companyStamp,
      label: 'Salesforce account id',
      type: 'string',
      unique: true,
    },
    ...mapping.contact.map(({ property, fact }) => carried('contacts', property, fact)),
    ...mapping.company.map(({ property, fact }) => carried('companies', property, fact)),
  ];
}

function carried(object: PropertyToCreate['object'], name: string, fact: string): PropertyToCreate {
  const label = name.replaceAll('_', ' ').replace(/^./, (first) => first.toUpperCase());
  return {
    object,
    name,
    label,
    type: fact === 'score' || fact === 'coverage' ? 'number' : 'string',
    unique: false,
  };
}
