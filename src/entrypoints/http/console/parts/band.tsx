import { capital } from './words.js';

/** From the least healthy to the healthiest, and what is not known. */
export const BANDS = ['risk', 'watch', 'healthy', 'unknown'] as const;
export type BandId = (typeof BANDS)[number];

const WORDS: Readonly<Record<BandId, string>> = {
  healthy: 'Healthy',
  watch: 'Watch',
  risk: 'At risk',
  unknown: 'Unknown',
};

export function bandId(band: string): BandId {
  return BANDS.find((id) => id === band) ?? 'unknown';
}

/** The band that a text names, or null. */
export function bandOf(text: string | null): BandId | null {
  return BANDS.find((id) => id === text) ?? null;
}

export function bandWord(band: string): string {
  const known = bandOf(band);
  return known === null ? capital(band) : WORDS[known];
}

/** Each band has a word, a shape and a colour, so that none has to be told by colour alone. */
export const BAND_SHAPES: Readonly<Record<BandId, string>> = {
  healthy: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Z',
  watch: 'M8 1 15.5 14.5H.5Z',
  risk: 'M8 .5 15.5 8 8 15.5.5 8Z',
  unknown: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 2.2a4.8 4.8 0 1 1 0 9.6 4.8 4.8 0 0 1 0-9.6Z',
};

export function BandMark({ band }: { readonly band: string }) {
  const id = bandId(band);
  return (
    <svg class={`mark band-${id}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={BAND_SHAPES[id]} fill-rule="evenodd" />
    </svg>
  );
}

export function BandBadge({ band }: { readonly band: string }) {
  return (
    <span class={`badge band-${bandId(band)}`}>
      <BandMark band={band} />
      {bandWord(band)}
    </span>
  );
}
