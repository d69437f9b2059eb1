import { spokenDay } from '../day.js';
import { FACTS } from '../facts/catalogue.js';
import type { FactDefinition, Facts, FactType, FactValue } from '../facts/fact.js';
import type { ModelSignal } from './model.js';

/** What a phrase is made of: the reading and the facts of the same moment. */
export interface PhraseSource {
  readonly value: FactValue;
  readonly facts: Facts;
}

const DEFINITIONS: Readonly<Record<string, FactDefinition>> = FACTS;

/**
 * The reading of a signal in words, with days and never ages: from its template, else label and
 * value. An unknown fact reads `unknown`, an unknown day `not yet`, unless brackets leave its part
 * out.
 */
export function phraseOf(signal: ModelSignal, source: PhraseSource): string {
  if (signal.text === null) return plainPhrase(signal, source);
  return fill(withoutUnknownParts(signal.text, source), source).trim();
}

/** An age would be wrong tomorrow: the days it is counted from are named instead. */
function plainPhrase(signal: ModelSignal, { value, facts }: PhraseSource): string {
  const days = signal.value.facts.filter((id) => DEFINITIONS[id]?.type === 'day');
  const known = days.map((id) => facts[id]?.value ?? null).filter((day) => day !== null);
  if (known.length > 0) return `${signal.label}: ${known.map((day) => spoken(day, 'day')).join(', ')}`;
  return signal.unit === 'days' ? signal.label : `${signal.label} ${spoken(value)}${unitOf(signal)}`;
}

function unitOf({ unit }: ModelSignal): string {
  if (unit === null || unit === 'money') return '';
  return ` ${unit}`;
}

/** `[…]` is kept, without its brackets, where everything in it is known. */
function withoutUnknownParts(text: string, source: PhraseSource): string {
  return text.replace(/\[([^\]]*)\]/g, (_, part: string) => {
    const names = [...part.matchAll(/\{([^}|]+)[^}]*\}/g)].map((match) => match[1] ?? '');
    return names.every((name) => lookUp(name, source) !== null) ? part : '';
  });
}

/** `{name}` gives the value, `{name|case|cases}` the value and the word that fits its number. */
function fill(text: string, source: PhraseSource): string {
  return text.replace(
    /\{([^}|]+)(?:\|([^}|]*)\|([^}|]*))?\}/g,
    (_, name: string, one?: string, many?: string) => {
      const value = lookUp(name, source);
      const word = value === 1 ? one : many;
      return `${spoken(value, DEFINITIONS[name]?.type)}${word ? ` ${word}` : ''}`;
    },
  );
}

function lookUp(name: string, { value, facts }: PhraseSource): FactValue {
  return name === 'value' ? value : (facts[name]?.value ?? null);
}

function spoken(value: FactValue, type?: FactType): string {
  if (value === null) return type === 'day' ? 'not yet' : 'unknown';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value.replaceAll('-', ' ');
  return type === 'day' ? spokenDay(value) : String(Math.round(value * 10) / 10);
}
