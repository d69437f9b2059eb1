/** `Success_Criteria_Last_Reviewed__c` and `Last reviewed` alike: lower-case words without punctuation. */
export function wordsOf(text: string): readonly string[] {
  return text
    .replace(/__c$/i, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** True when every word of `phrase` is among `words`; a plural s does not matter. */
export function holdsPhrase(words: readonly string[], phrase: string): boolean {
  const stems = new Set(words.map(stem));
  return wordsOf(phrase).every((word) => stems.has(stem(word)));
}

/** Share of the words that the phrase accounts for: a field that says little else fits better. */
export function shareOfPhrase(words: readonly string[], phrase: string): number {
  return words.length === 0 ? 0 : Math.min(1, wordsOf(phrase).length / words.length);
}

function stem(word: string): string {
  return word.length > 3 && word.endsWith('s') ? word.slice(0, -1) : word;
}
