import { IntegrationError, type Refusal } from '../../../ports/errors.js';

export function noSuchObject(object: string, operation: string): IntegrationError {
  return new IntegrationError({
    kind: 'Config',
    code: 'MEMORY_OBJECT_UNKNOWN',
    message: `There is no object ${object}.`,
    actions: ['Check the object name in the mapping.'],
    retryable: false,
    provider: 'memory',
    operation: `${operation} ${object}`,
  });
}

export function gone(): Refusal {
  return {
    code: 'INVALID_CROSS_REFERENCE_KEY',
    message: 'invalid cross reference id',
    fields: [],
    retryable: false,
    advice: 'The record no longer exists.',
  };
}
