import { IntegrationError } from '../../../ports/errors.js';
import type { MarketingTool, PropertyToCreate } from '../../../ports/marketing.js';
import type { Count } from './list.js';

export function propertyShelf(count: Count): Pick<MarketingTool, 'missingProperties' | 'createProperties'> {
  const shelf = new Map<string, PropertyToCreate>();
  const keyOf = (property: PropertyToCreate): string => `${property.object}.${property.name}`;
  return {
    missingProperties: async (wanted) => {
      count('properties');
      const unfit = wanted.find((one) => shelf.has(keyOf(one)) && shelf.get(keyOf(one))?.type !== one.type);
      if (unfit !== undefined) throw unfitProperty(unfit);
      return wanted.filter((property) => !shelf.has(keyOf(property)));
    },
    createProperties: async (properties) => {
      count('properties');
      for (const property of properties) shelf.set(keyOf(property), property);
    },
  };
}

function unfitProperty(property: PropertyToCreate): IntegrationError {
  return new IntegrationError({
    kind: 'Config',
    code: 'MEMORY_PROPERTY_UNFIT',
    message: `The property ${property.name} exists with another type.`,
    actions: ['Choose another name in the mapping.'],
    retryable: false,
    provider: 'memory',
    operation: 'compare properties',
  });
}
