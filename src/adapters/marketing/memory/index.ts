import type { Clock } from '../../../ports/clock.js';
import { IntegrationError } from '../../../ports/errors.js';
import type { MarketingTool, PropertyToCreate } from '../../../ports/marketing.js';
import { memoryList, memorySequence } from './channels.js';
import { type ContactBook, type MemoryContact, startContactBook } from './contacts.js';
import { readConsent, upsertPersons } from './people.js';

export interface MemoryOptions {
  readonly clock: Clock;
  readonly contacts?: readonly MemoryContact[];
  /** Names of the sequences that exist. */
  readonly sequences?: readonly string[];
  /** Addresses of users who may send. */
  readonly senders?: readonly string[];
}

export interface MemoryMarketing extends MarketingTool {
  /** The contact leaves its sequence, as after a reply or the last step. */
  readonly endEnrolment: (recordId: string) => void;
}

/** A marketing tool that ends with the process; the same contract as the real one, no network. */
export function memoryMarketing(options: MemoryOptions): MemoryMarketing {
  const book = startContactBook(options.contacts ?? [], options.clock.now());
  const counts = new Map<string, number>();
  const count = (kind: string): void => {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  };
  return {
    identity: async () => ({ account: 'memory', production: false }),
    ...propertyShelf(count),
    consent: async (persons) => {
      count('consent');
      return readConsent(book, persons, options.clock.now());
    },
    upsert: async (persons) => {
      count('upsert');
      return upsertPersons(book, persons);
    },
    ...channels(book, options, count),
    calls: () => Object.fromEntries(counts),
    endEnrolment: (recordId) => {
      const contact = book.byId(recordId);
      if (contact !== null) book.save({ ...contact, inSequence: null });
    },
  };
}

type Count = (kind: string) => void;

function channels(book: ContactBook, options: MemoryOptions, count: Count) {
  const names = new Set(options.sequences ?? []);
  const senders = new Set((options.senders ?? []).map((sender) => sender.toLowerCase()));
  const shelf = { names, senders, count, clock: options.clock };
  return { list: memoryList(book, count), sequence: memorySequence(book, shelf) };
}

function propertyShelf(count: Count): Pick<MarketingTool, 'missingProperties' | 'createProperties'> {
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
