import LOCALE from '@salesforce/i18n/locale';

// Each band has a word, a shape and a colour, so that none of them has to be told by colour alone.
const BANDS = {
  healthy: { word: 'Healthy', shape: 'circle' },
  watch: { word: 'Watch', shape: 'triangle' },
  risk: { word: 'At risk', shape: 'diamond' },
  unknown: { word: 'Unknown', shape: 'ring' },
};

const TRENDS = {
  up: { word: 'Going up over 28 days', path: 'M8 14V2M3 7l5-5 5 5' },
  down: { word: 'Going down over 28 days', path: 'M8 2v12M3 9l5 5 5-5' },
  flat: { word: 'Steady over 28 days', path: 'M2 8h12' },
};

/** A band as people read it: `{ name, word, shape }`; a band that we do not know keeps its own word. */
export function bandOf(value) {
  const known = BANDS[value];
  return known ? { name: value, ...known } : { name: 'unknown', word: capital(value), shape: 'ring' };
}

/** `{ word, path }` for up, down and flat, else null. */
export function trendOf(value) {
  return TRENDS[value] ?? null;
}

export function capital(text) {
  return text ? text.charAt(0).toUpperCase() + text.slice(1) : '';
}

/** A date field (`YYYY-MM-DD`) in the reader's own way of writing days; an empty text for none. */
export function dayText(value) {
  const time = dayTime(value);
  if (time === null) return '';
  return new Intl.DateTimeFormat(LOCALE, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(time);
}

/** Milliseconds at the start of that day, or null: a date has no time zone, so UTC keeps it the same day. */
export function dayTime(value) {
  const time = value ? Date.parse(`${String(value).slice(0, 10)}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}
