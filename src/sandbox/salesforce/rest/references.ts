import { ApiError } from '../api-error.js';
import { isObject } from './body.js';

/** Puts earlier answers in for `@{ref.id}`, in texts anywhere below. */
export function resolveReferences(value: unknown, answers: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === 'string') {
    return resolveText(value, answers);
  }
  if (Array.isArray(value)) {
    return value.map((one) => resolveReferences(one, answers));
  }
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, resolveReferences(one, answers)]),
    );
  }
  return value;
}

const REFERENCE = /@\{([A-Za-z0-9_]+)((?:\.[A-Za-z0-9_]+|\[[^\]]+\])*)\}/g;

function resolveText(text: string, answers: ReadonlyMap<string, unknown>): string {
  return text.replace(REFERENCE, (_all, name: string, path: string) => {
    const found = path
      .split(/[.[\]]+/)
      .filter((part) => part !== '')
      .reduce<unknown>((value, part) => step(value, part), answers.get(name));
    if (found === undefined || found === null || typeof found === 'object') {
      throw new ApiError(
        400,
        'PROCESSING_HALTED',
        `Invalid reference specified. No value for ${name}${path} found`,
      );
    }
    return String(found);
  });
}

function step(value: unknown, part: string): unknown {
  if (Array.isArray(value)) {
    return value[Number(part)];
  }
  return isObject(value) ? value[part] : undefined;
}
