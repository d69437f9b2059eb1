import { IntegrationError, type Refusal } from '../../../ports/errors.js';

export function missing(target: string): IntegrationError {
  return new IntegrationError({
    kind: 'Config',
    code: 'MEMORY_TARGET_MISSING',
    message: `There is no target "${target}".`,
    actions: [`Make "${target}", or correct the playbook.`],
    retryable: false,
    provider: 'memory',
    operation: 'find target',
  });
}

export function broken(operation: string): IntegrationError {
  return new IntegrationError({
    kind: 'Transient',
    code: 'MEMORY_DOWN',
    message: `The channel did not answer to "${operation}"; nothing was done.`,
    actions: ['Run the same command again.'],
    retryable: true,
    provider: 'memory',
    operation,
  });
}

/** What a test asked for. */
export const REFUSED: Refusal = {
  code: 'MEMORY_REFUSED',
  message: 'Refused on purpose.',
  fields: [],
  retryable: false,
  advice: 'Take the fault out of the test.',
};

export const TAKEN: Refusal = {
  code: 'ALREADY_ENROLLED',
  message: 'Another target holds this person.',
  fields: [],
  retryable: false,
  advice: 'Wait until the person has left it.',
};
